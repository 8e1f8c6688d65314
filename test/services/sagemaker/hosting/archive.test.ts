import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Header, type HeaderData } from "tar";
import { expect, test } from "vitest";
import {
  ARCHIVE_LIMITS,
  type ArchiveLimits,
  unpackModel,
} from "../../../../emulator/services/sagemaker/hosting/archive.ts";

type Entry = HeaderData & { body?: string | Buffer };

/** A gzipped tar with entries that no packer would write. */
function archive(...entries: Entry[]): Buffer {
  return gzipSync(Buffer.concat([...blocksOf(entries), Buffer.alloc(1024)]));
}

function blocksOf(entries: readonly Entry[]): Buffer[] {
  const blocks: Buffer[] = [];
  for (const { body = "", ...data } of entries) {
    const bytes = Buffer.from(body);
    const block = Buffer.alloc(512);
    new Header({
      type: "File",
      mode: 0o644,
      size: bytes.length,
      mtime: new Date(0),
      ...data,
    }).encode(block, 0);
    blocks.push(block, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512));
  }
  return blocks;
}

async function unpacked(bytes: Uint8Array, limits: Partial<ArchiveLimits> = {}) {
  const parent = await mkdtemp(join(tmpdir(), "wavetank-test-"));
  const folder = await mkdtemp(join(parent, "model-"));
  try {
    await unpackModel(bytes, { folder, limits: { ...ARCHIVE_LIMITS, ...limits } });
    const names = await readdir(folder, { recursive: true });
    return { names: names.map((name) => name.replaceAll("\\", "/")).sort() };
  } finally {
    // Whatever happened, nothing may lie beside the folder.
    expect(await readdir(parent)).toHaveLength(1);
    await rm(parent, { recursive: true });
  }
}

async function fault(bytes: Uint8Array, limits: Partial<ArchiveLimits> = {}): Promise<string> {
  const error = await unpacked(bytes, limits).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "ERR_ARCHIVE" });
  return (error as Error).message;
}

test("an archive that goes on for long after its files are written is unpacked", async () => {
  const files = blocksOf([{ path: "model.onnx", body: "model" }]);
  const padding = Buffer.alloc(32 * 1024 * 1024);
  const { names } = await unpacked(gzipSync(Buffer.concat([...files, padding])));
  expect(names).toEqual(["model.onnx"]);
});

test("files and folders are unpacked", async () => {
  const { names } = await unpacked(
    archive(
      { path: "./", type: "Directory" },
      { path: "./1/", type: "Directory" },
      { path: "./1/model.onnx", body: "model" },
    ),
  );
  expect(names).toEqual(["1", "1/model.onnx"]);
});

test("a file that its packer may not read is readable once unpacked", async () => {
  const folder = await mkdtemp(join(tmpdir(), "wavetank-test-"));
  await unpackModel(archive({ path: "model.onnx", body: "model", mode: 0o000 }), { folder });
  expect((await stat(join(folder, "model.onnx"))).mode & 0o400).toBe(0o400);
  await rm(folder, { recursive: true });
});

test.each(["../escape", "a/../../escape", "/tmp/escape", "..\\escape", "C:\\escape", "C:escape"])(
  "an entry at %j is refused",
  async (path) => {
    expect(await fault(archive({ path, body: "x" }))).toContain("which leaves the model's folder");
  },
);

test.each(["SymbolicLink", "Link"] as const)("a %s is refused", async (type) => {
  const link = { path: "model.onnx", type, linkpath: "/etc/passwd", size: 0 };
  expect(await fault(archive(link))).toBe(
    `The archive holds "model.onnx", a ${type}: only files and folders are unpacked.`,
  );
});

test("a device is refused", async () => {
  expect(await fault(archive({ path: "model.onnx", type: "CharacterDevice", size: 0 }))).toContain(
    "a CharacterDevice",
  );
});

test("an archive that unpacks to more than the limit is refused", async () => {
  const bytes = archive({ path: "model.onnx", body: "x".repeat(100_000) });
  expect(await fault(bytes, { maxBytes: 50_000 })).toBe(
    "The archive unpacks to more than 50000 bytes.",
  );
});

test("an archive that unpacks to far more than its size is refused", async () => {
  const bytes = archive({ path: "model.onnx", body: Buffer.alloc(1_000_000) });
  expect(await fault(bytes, { freeBytes: 10_000 })).toBe(
    "The archive unpacks to more than 200 times its size.",
  );
  expect((await unpacked(bytes)).names).toEqual(["model.onnx"]);
});

test("an archive of too many entries is refused", async () => {
  const bytes = archive(...["a", "b", "c"].map((path) => ({ path, body: "x" })));
  expect(await fault(bytes, { maxEntries: 2 })).toBe("The archive holds more than 2 entries.");
});

test("what is not compressed with gzip is refused", async () => {
  expect(await fault(Buffer.from("model"))).toBe("The archive is not compressed with gzip.");
});

test("what is compressed but no tar is refused", async () => {
  expect(await fault(gzipSync("x".repeat(2000)))).toMatch(/^The archive cannot be read: /);
});

test("an archive that ends early is refused", async () => {
  const whole = archive({ path: "model.onnx", body: Buffer.from("x".repeat(5000)) });
  expect(await fault(whole.subarray(0, whole.length - 20))).toMatch(
    /^The archive cannot be read: /,
  );
});
