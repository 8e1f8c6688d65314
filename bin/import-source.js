// Imports a TypeScript module of the repository: bundles it first. What it imports from packages stays outside.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { root } from "./prepare.js";

/** @param {string} file from the repository's folder, e.g. `test/bench/main.ts` */
export async function importSource(file) {
  const outfile = join(root, "dist", `source-${process.pid}.js`);
  await build({
    absWorkingDir: root,
    entryPoints: [file],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
  });
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile, { force: true });
  }
}
