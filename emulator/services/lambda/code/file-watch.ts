import { type FSWatcher, watch } from "node:fs";
import { dirname, join } from "node:path";

/** Watches files of somebody's working copy, by their folders: editors replace files when they save. */
export class FileWatch {
  readonly #folders = new Map<string, FSWatcher>();
  readonly #onChange: (file: string) => void;
  #watched: (file: string) => boolean = () => false;
  #isClosed = false;

  constructor(onChange: (file: string) => void) {
    this.#onChange = onChange;
  }

  /** From now on reports changes of these files, and of no others. */
  follow(files: readonly string[]): void {
    const paths = new Set(files);
    this.followFolders([...new Set(files.map((file) => dirname(file)))], (file) => paths.has(file));
  }

  /** From now on reports changes of the files in these folders that the condition holds for. */
  followFolders(folders: readonly string[], watched: (file: string) => boolean): void {
    if (this.#isClosed) return;
    this.#watched = watched;
    const wanted = new Set(folders);
    for (const [folder, watcher] of this.#folders) {
      if (wanted.has(folder)) continue;
      watcher.close();
      this.#folders.delete(folder);
    }
    for (const folder of wanted) {
      if (!this.#folders.has(folder)) this.#open(folder);
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const watcher of this.#folders.values()) watcher.close();
    this.#folders.clear();
  }

  #open(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        const file = name === null ? folder : join(folder, name);
        if (name === null || this.#watched(file)) this.#onChange(file);
      });
      // A folder that goes away ends its watch; the next look at the code says what is missing.
      watcher.on("error", () => watcher.close());
      this.#folders.set(folder, watcher);
    } catch (error) {
      process.emitWarning(`cannot watch ${folder}: ${(error as Error).message}`);
    }
  }
}
