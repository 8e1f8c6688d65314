import { execFileSync } from "node:child_process";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { TemporaryFolder } from "../../emulator/core/temporary-folder.ts";

/**
 * Builds the program once before any test runs, where a source is newer than it: `npx vitest` alone needs that.
 * Gives the run a temporary folder of its own, so that nothing is left, not even of a process that a test kills.
 */
export default function setup(): () => Promise<void> {
  const bin = resolve(dirname(fileURLToPath(import.meta.url)), "../../bin");
  execFileSync(process.execPath, [`${bin}/prepare.js`], { stdio: "inherit" });
  const folder = new TemporaryFolder("tests");
  const names = process.platform === "win32" ? ["TEMP", "TMP"] : ["TMPDIR"];
  for (const name of names) process.env[name] = folder.path;
  return () => folder.remove();
}
