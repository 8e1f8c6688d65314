// Runs a TypeScript program of the repository, e.g. `node bin/run.js test/bench/main.ts`: bundles it first. What it
// imports from packages stays outside.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build as bundle } from "esbuild";
import { root } from "./prepare.js";

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
process.chdir(root);
const [entry] = process.argv.splice(2, 1);
const outfile = join(root, "dist", `run-${process.pid}.js`);
await bundle({
  absWorkingDir: root,
  entryPoints: [entry],
  outfile,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  packages: "external",
});
try {
  await import(pathToFileURL(outfile).href);
} finally {
  rmSync(outfile, { force: true });
}
