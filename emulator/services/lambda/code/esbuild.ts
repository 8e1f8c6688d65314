import type { BuildOptions, BuildResult } from "esbuild";

/** Builds under way, of all tanks of this process: they share esbuild's helper process. */
let underWay = 0;

/**
 * Bundles with esbuild, which is loaded only when there is something to bundle, and whose helper process
 * (70 MB) ends with the last build under way: starting it again takes some 20 ms.
 */
export async function buildWithEsbuild(
  options: BuildOptions & { metafile: true },
): Promise<BuildResult<{ metafile: true }>> {
  underWay += 1;
  const esbuild = await import("esbuild");
  try {
    return await esbuild.build(options);
  } finally {
    underWay -= 1;
    if (underWay === 0) await esbuild.stop();
  }
}
