import { execFileSync } from "node:child_process";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Builds the program once before any test runs, where a source is newer than it: `npx vitest` alone needs that. */
export default function setup(): void {
  const bin = resolve(dirname(fileURLToPath(import.meta.url)), "../../bin");
  execFileSync(process.execPath, [`${bin}/prepare.js`], { stdio: "inherit" });
}
