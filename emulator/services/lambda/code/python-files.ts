import { readdirSync } from "node:fs";
import { join } from "node:path";
import { FileWatch } from "./file-watch.ts";

/** Folders of installed packages and of tools, which nobody edits. */
export const SKIPPED = /^(\.|__pycache__$|node_modules$|site-packages$|venv$|env$)/;
const MAX_FOLDERS = 200;

/** Calls back when a Python file of somebody's working copy changes. */
export function followPythonFiles(root: string, onChange: (file: string) => void): FileWatch {
  const watch = new FileWatch(onChange);
  watch.followFolders(foldersOf(root), (file) => file.endsWith(".py"));
  return watch;
}

function foldersOf(root: string): string[] {
  const folders = [root];
  for (let index = 0; index < folders.length && folders.length < MAX_FOLDERS; index += 1) {
    const folder = folders[index] as string;
    try {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        if (entry.isDirectory() && !SKIPPED.test(entry.name))
          folders.push(join(folder, entry.name));
      }
    } catch {
      // A folder that cannot be read cannot be loaded from either.
    }
  }
  return folders;
}
