import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import { unzip } from "../../../../emulator/services/lambda/code/unzip.ts";

const SYMBOLIC_LINK = 0o120777;

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), "wavetank-unzip-"));
  try {
    await use(join(root, "code"));
  } finally {
    rmSync(root, { recursive: true });
  }
}

test("files come out in their folders", () =>
  inFolder(async (folder) => {
    const zip = zipSync({ "a.js": strToU8("a"), src: { "b.js": strToU8("b"), empty: {} } });
    expect(await unzip(zip, folder)).toEqual([]);
    expect(readFileSync(join(folder, "a.js"), "utf8")).toBe("a");
    expect(readFileSync(join(folder, "src/b.js"), "utf8")).toBe("b");
  }));

test.each(["../out.js", "/tmp/out.js", "src/../../out.js", "..\\out.js"])(
  "an entry that would leave the folder (%s) is refused, and nothing is written",
  (name) =>
    inFolder(async (folder) => {
      const zip = zipSync({ "a.js": strToU8("a"), [name]: strToU8("out") });
      await expect(unzip(zip, folder)).rejects.toMatchObject({
        code: "InvalidParameterValueException",
        message: expect.stringContaining("would leave its folder"),
      });
      expect(existsSync(join(folder, "a.js"))).toBe(false);
    }),
);

test("a symbolic link is left out and told", () =>
  inFolder(async (folder) => {
    const zip = zipSync({
      "a.js": strToU8("a"),
      passwd: [strToU8("/etc/passwd"), { os: 3, attrs: SYMBOLIC_LINK << 16 }],
    });
    expect(await unzip(zip, folder)).toEqual(["passwd"]);
    expect(existsSync(join(folder, "passwd"))).toBe(false);
    expect(existsSync(join(folder, "a.js"))).toBe(true);
  }));

test("more than 250 MB are refused before they are unpacked", () =>
  inFolder(async (folder) => {
    const zip = Buffer.from(zipSync({ "a.bin": new Uint8Array(1_000_000) }));
    // The directory's entry says how large its file is.
    zip.writeUInt32LE(262_144_001, zip.indexOf(Buffer.from("PK\x01\x02", "latin1")) + 24);
    await expect(unzip(zip, folder)).rejects.toMatchObject({
      message: "Unzipped size must be smaller than 262144000 bytes",
    });
  }));

test.each([
  ["nothing", new Uint8Array()],
  ["text", strToU8("PK is not enough")],
  ["half a zip", zipSync({ "a.js": strToU8("a".repeat(1000)) }).subarray(0, 60)],
])("%s is no zip", (_what, bytes) =>
  inFolder(async (folder) => {
    await expect(unzip(bytes, folder)).rejects.toMatchObject({
      message: "Could not unzip uploaded file. Please check your file, then try to upload again.",
    });
  }),
);
