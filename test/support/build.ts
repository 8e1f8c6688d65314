import { execFileSync } from "node:child_process";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Builds the program once before any test runs, where a source is newer than it. */
export default function setup(): void {
  const bin = resolve(dirname(fileURLToPath(import.meta.url)), "../../bin");
  const script = `import { build } from "${bin}/prepare.js"; build();`;
  execFileSync(process.execPath, ["--input-type=module", "--eval", script], { stdio: "inherit" });
}
