import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { TemporaryFolder } from "../../../core/temporary-folder.ts";

/** The engine's own temporary folder: made on first use, gone when the engine stops. */
export class ScratchFolder {
  #root: TemporaryFolder | undefined;
  #count = 0;

  /** A new, empty folder. */
  async create(label: string): Promise<string> {
    this.#root ??= new TemporaryFolder("lambda");
    this.#count += 1;
    const folder = join(this.#root.path, `${label}-${this.#count}`);
    await mkdir(folder);
    return folder;
  }

  async remove(): Promise<void> {
    const root = this.#root;
    this.#root = undefined;
    await root?.remove();
  }
}
