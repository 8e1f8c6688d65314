import { isAbsolute, win32 } from "node:path";
import { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { type ReadEntry, Unpack } from "tar";
import { messageOf, WavetankError } from "../../../core/errors.ts";

/** What an archive may become when it is unpacked. */
export interface ArchiveLimits {
  readonly maxBytes: number;
  readonly maxEntries: number;
  /** Unpacked over packed size, once more than `freeBytes` have come out. */
  readonly maxRatio: number;
  readonly freeBytes: number;
}

const MIB = 1024 * 1024;

/** DIFFERS: our own limits. Far above any model that serves on a laptop, far below what fills its disk. */
export const ARCHIVE_LIMITS: ArchiveLimits = {
  maxBytes: 4096 * MIB,
  maxEntries: 10_000,
  maxRatio: 200,
  freeBytes: 64 * MIB,
};

/**
 * Unpacks a model.tar.gz into a folder: plain files and folders only, none outside the folder.
 * @throws WavetankError ERR_ARCHIVE for what is no such archive, or goes beyond the limits
 */
export async function unpackModel(
  archive: Uint8Array,
  { folder, limits = ARCHIVE_LIMITS }: { folder: string; limits?: ArchiveLimits },
): Promise<void> {
  if (archive[0] !== 0x1f || archive[1] !== 0x8b) throw notGzip();
  // The default of 16 KiB costs a turn of the event loop each, in which everybody else takes theirs.
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  let entries = 0;
  const unpack = new Unpack({
    cwd: folder,
    strict: true,
    preserveOwner: false,
    noMtime: true,
    filter(path, entry) {
      entries += 1;
      const fault =
        entries > limits.maxEntries
          ? `holds more than ${limits.maxEntries} entries`
          : faultOf(path, entry as ReadEntry);
      if (fault === undefined) {
        // The packer's permissions may lock us out of our own folder.
        (entry as ReadEntry).mode = (entry as ReadEntry).type === "Directory" ? 0o700 : 0o600;
        return true;
      }
      gunzip.destroy(refused(fault));
      return false;
    },
  });
  try {
    const bytes = Readable.from([archive]);
    const within = (source: AsyncIterable<Buffer>) => bounded(source, archive.length, limits);
    await pipeline(bytes, gunzip, within, writableOf(unpack));
  } catch (error) {
    if (error instanceof WavetankError) throw error;
    throw refused(`cannot be read: ${messageOf(error)}`, error);
  }
}

/**
 * `Unpack` as a stream of Node's. By itself it ends before `end()` returns once all files are written, and Node's
 * pipeline then waits for that end for ever.
 */
function writableOf(unpack: Unpack): Writable {
  const writable = new Writable({
    write(chunk: Buffer, _encoding, taken) {
      if (unpack.write(chunk)) taken();
      else unpack.once("drain", taken);
    },
    final(ended) {
      unpack.once("finish", ended);
      unpack.end();
    },
  });
  unpack.on("error", (error) => writable.destroy(error as Error));
  return writable;
}

async function* bounded(
  source: AsyncIterable<Buffer>,
  packedBytes: number,
  limits: ArchiveLimits,
): AsyncIterable<Buffer> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > limits.maxBytes) throw refused(`unpacks to more than ${limits.maxBytes} bytes`);
    if (bytes > limits.freeBytes && bytes > packedBytes * limits.maxRatio) {
      throw refused(`unpacks to more than ${limits.maxRatio} times its size`);
    }
    yield chunk;
  }
}

function faultOf(path: string, { type }: ReadEntry): string | undefined {
  // AWS asks for archives without links, too.
  if (!["File", "OldFile", "ContiguousFile", "Directory"].includes(type)) {
    return `holds "${path}", a ${type}: only files and folders are unpacked`;
  }
  const parts = path.split(/[\\/]/);
  const leaves = isAbsolute(path) || win32.isAbsolute(path) || parts.includes("..");
  if (leaves || /^[a-zA-Z]:/.test(path)) return `holds "${path}", which leaves the model's folder`;
  return undefined;
}

function refused(fault: string, cause?: unknown): WavetankError {
  return new WavetankError("ERR_ARCHIVE", `The archive ${fault}.`, {
    hint: "Pack the model with: tar -czf model.tar.gz model.onnx",
    cause,
  });
}

function notGzip(): WavetankError {
  return refused("is not compressed with gzip");
}
