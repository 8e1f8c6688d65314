import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { unzipSync } from "fflate";
import { AwsError } from "../../../core/errors.ts";
import { unzippedTooLarge, zipEntryRefused, zipUnreadable } from "../errors.ts";
import { MAX_UNZIPPED_BYTES } from "../limits.ts";
import { linkNames } from "./zip-links.ts";

const MAX_ENTRIES = 65_535;
/** Deflate cannot do better than 1,032 to 1; honest code stays far below. */
const MAX_RATIO = 1_100;

/**
 * Unpacks a deployment package into an empty folder, within bounds.
 * @returns names of symbolic links, which are left out
 * @throws AwsError for what is no zip, is too large, or would leave the folder
 */
export async function unzip(zip: Uint8Array, folder: string): Promise<readonly string[]> {
  const links = read(() => linkNames(zip));
  let count = 0;
  let totalBytes = 0;
  const files = read(() =>
    unzipSync(zip, {
      filter({ name, size, originalSize }) {
        count += 1;
        totalBytes += originalSize;
        if (count > MAX_ENTRIES) throw zipEntryRefused(name, `is one of more than ${MAX_ENTRIES}`);
        if (totalBytes > MAX_UNZIPPED_BYTES) throw unzippedTooLarge(MAX_UNZIPPED_BYTES);
        if (originalSize > size * MAX_RATIO) throw zipEntryRefused(name, "is compressed too far");
        assertInside(folder, name);
        return !links.has(name) && !name.endsWith("/");
      },
    }),
  );
  for (const [name, bytes] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  }
  return [...links];
}

function assertInside(folder: string, name: string): void {
  const path = resolve(folder, name);
  const isInside = path === folder || path.startsWith(folder + sep);
  if (!isInside || name.includes("\\") || name.includes("\0")) {
    throw zipEntryRefused(JSON.stringify(name), "would leave its folder");
  }
}

/** fflate throws errors of its own for what is no zip. */
function read<T>(act: () => T): T {
  try {
    return act();
  } catch (thrown) {
    throw thrown instanceof AwsError ? thrown : zipUnreadable();
  }
}
