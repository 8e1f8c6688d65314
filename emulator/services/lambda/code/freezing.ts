import { createHash } from "node:crypto";
import { cp, readdir, readFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import type { FunctionSettings } from "../model/function.ts";
import type { CodePackage } from "./code-package.ts";
import { FolderCode } from "./node-code.ts";
import { SKIPPED } from "./python-files.ts";
import type { ScratchFolder } from "./scratch-folder.ts";

/**
 * Code as it is now, for a version, which must not change any more. A zip never does. Of a working copy a
 * Node.js version keeps the bundle, and a Python one a copy of the folder without what is installed in it.
 */
export async function freeze(
  code: CodePackage,
  { settings, scratch }: { settings: FunctionSettings; scratch: ScratchFolder },
): Promise<CodePackage> {
  if (code.kind !== "folder") return code;
  return settings.runtime.startsWith("python")
    ? copied(code, scratch)
    : bundled(code, { handler: settings.handler, scratch });
}

async function bundled(
  code: CodePackage,
  { handler, scratch }: { handler: string; scratch: ScratchFolder },
): Promise<CodePackage> {
  const { folder } = code;
  const source = new FolderCode({ folder, handler, scratch, onChange: () => undefined });
  try {
    const frozen = await source.current();
    // What cannot be loaded now cannot be loaded then either, and says why.
    const text = "errorType" in frozen ? JSON.stringify(frozen) : await readFile(frozen.file);
    const sha256 = createHash("sha256").update(text).digest("base64");
    return { ...code, kind: "frozen", frozen, sha256, sizeBytes: text.length };
  } finally {
    source.close();
  }
}

async function copied(code: CodePackage, scratch: ScratchFolder): Promise<CodePackage> {
  const folder = join(await scratch.create("version"), "code");
  const isKept = (path: string) => path === code.folder || !SKIPPED.test(basename(path));
  await cp(code.folder, folder, { recursive: true, filter: isKept });
  const hash = createHash("sha256");
  let sizeBytes = 0;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  for (const file of files.map(({ parentPath, name }) => join(parentPath, name)).sort()) {
    const body = await readFile(file);
    hash.update(`${relative(folder, file)}\0${body.length}\0`).update(body);
    sizeBytes += body.length;
  }
  const location = pathToFileURL(folder).href;
  return { ...code, kind: "frozen", folder, location, sha256: hash.digest("base64"), sizeBytes };
}
