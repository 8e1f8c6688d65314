import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { afterAll, expect, test } from "vitest";

const root = mkdtempSync(join(tmpdir(), "wavetank-test-"));
afterAll(() => rmSync(root, { recursive: true }));

const module = join(root, "temporary-folder.mjs");
const source = new URL("../../emulator/core/temporary-folder.ts", import.meta.url).pathname;
buildSync({
  entryPoints: [source],
  outfile: module,
  bundle: true,
  format: "esm",
  platform: "node",
});

/** A process of its own that makes a folder with a file in it, tells its path and goes on as told. */
function maker(then: string): { words: string[]; options: { env: NodeJS.ProcessEnv } } {
  const program = `
    import { writeFileSync } from "node:fs";
    import { TemporaryFolder } from ${JSON.stringify(module)};
    const folder = new TemporaryFolder("model");
    writeFileSync(folder.path + "/model.onnx", "the model");
    console.log(folder.path);
    ${then}`;
  const TMPDIR = mkdtempSync(join(root, "tmp-"));
  return {
    words: ["--input-type=module", "--eval", program],
    options: { env: { ...process.env, TMPDIR, TEMP: TMPDIR, TMP: TMPDIR } },
  };
}

test.each([
  ["is gone once it is removed", "await folder.remove();"],
  ["is gone when the process ends without removing it", ""],
  ["is gone when the process leaves at once", "process.exit(3);"],
  ["is gone when the process fails", "throw new Error('deaf');"],
])("a temporary folder %s", (_, then) => {
  const { words, options } = maker(then);
  const { stdout } = spawnSync(process.execPath, words, { ...options, encoding: "utf8" });
  expect(stdout).toMatch(/wavetank-model-\d+-\w{6}\n$/);
  expect(readdirSync(options.env.TMPDIR ?? "")).toEqual([]);
});

test("what a killed process left, the next one removes; what others still use, and strangers', it leaves", async () => {
  const { words, options } = maker("setInterval(() => {}, 1000);");
  const temporary = options.env.TMPDIR ?? "";
  const started = await Promise.all(
    [1, 2].map(async () => {
      const child = spawn(process.execPath, words, options);
      const [path] = await once(child.stdout, "data");
      return { child, path: String(path).trim() };
    }),
  );
  const [killed, other] = started;
  killed?.child.kill("SIGKILL");
  await once(killed?.child ?? process, "exit");
  writeFileSync(join(temporary, "wavetank-notes.txt"), "mine");
  expect(existsSync(killed?.path ?? "")).toBe(true);

  const next = maker("");
  execFileSync(process.execPath, next.words, options);
  expect(existsSync(killed?.path ?? "")).toBe(false);
  expect(existsSync(other?.path ?? "")).toBe(true);
  expect(readdirSync(temporary)).toContain("wavetank-notes.txt");
  other?.child.kill("SIGKILL");
  await once(other?.child ?? process, "exit");
});
