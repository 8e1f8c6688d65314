import { basename, extname, join } from "node:path";
import { bundleSettings } from "./bundle.ts";
import { resolvePackages } from "./bundle-packages.ts";
import { buildWithEsbuild } from "./esbuild.ts";

/**
 * Bundles a handler's module for wherever Lambda's Node.js runtime is: the tank, AWS, AWS's Runtime Interface
 * Emulator. As `sam build` does it takes the AWS SDK in, so that the version is the one that was tested, whatever
 * the runtime has, if it has one. Packages with native code stay outside.
 * @returns the bundle's path, `<outputFolder>/<module's name>.mjs`
 * @throws esbuild's BuildFailure
 */
export async function bundleToDeploy({
  module,
  folder,
  outputFolder,
  nodeMajor,
}: {
  module: string;
  folder: string;
  outputFolder: string;
  /** Of the runtime: 22 for nodejs22.x. */
  nodeMajor: number;
}): Promise<string> {
  // The runtimes take .mjs for an ES module without a package.json beside it.
  const outfile = join(outputFolder, `${basename(module, extname(module))}.mjs`);
  await buildWithEsbuild({
    ...bundleSettings,
    entryPoints: [module],
    absWorkingDir: folder,
    outfile,
    target: `node${nodeMajor}`,
    sourcemap: "linked",
    banner: { js: REQUIRE },
    plugins: [resolvePackages({ native: "beside", sdk: "provided" })],
  });
  return outfile;
}

/** What bundled CommonJS asks for and an ES module does not have. */
const REQUIRE =
  'import { createRequire as __createRequire } from "node:module";const require = __createRequire(import.meta.url);';
