import type { BuildOptions, BuildResult } from "esbuild";

type Esbuild = typeof import("esbuild");

/** Bundles in use; esbuild's helper process, which all share, ends with the last of them. */
let users = 0;
let loaded: Promise<Esbuild> | undefined;

/** Holds on to esbuild, which is loaded only when there is something to bundle. */
export class Bundler {
  #isOpen = false;

  async build(
    options: BuildOptions & { metafile: true },
  ): Promise<BuildResult<{ metafile: true }>> {
    if (!this.#isOpen) {
      this.#isOpen = true;
      users += 1;
    }
    loaded ??= import("esbuild");
    const esbuild = await loaded;
    return esbuild.build(options);
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    users -= 1;
    if (users === 0) await (await loaded)?.stop();
  }
}
