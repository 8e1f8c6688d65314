import { mkdtempSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The engine's own temporary folder: made on first use, gone when the engine stops. */
export class ScratchFolder {
  #root: string | undefined;
  #count = 0;

  /** A new, empty folder. */
  async create(label: string): Promise<string> {
    this.#root ??= mkdtempSync(join(tmpdir(), "wavetank-lambda-"));
    this.#count += 1;
    const folder = join(this.#root, `${label}-${this.#count}`);
    await mkdir(folder);
    return folder;
  }

  remove(): void {
    if (this.#root === undefined) return;
    rmSync(this.#root, { recursive: true, force: true, maxRetries: 3 });
    this.#root = undefined;
  }
}
