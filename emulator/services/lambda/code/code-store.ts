import { createHash } from "node:crypto";
import { stat, writeFile } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { FunctionCode } from "@aws-sdk/client-lambda";
import { AwsError } from "../../../core/errors.ts";
import type { Scope } from "../../../core/service.ts";
import { codeMissing, folderNotFound, objectNotReadable, zippedTooLarge } from "../errors.ts";
import { MAX_ZIPPED_BYTES } from "../limits.ts";
import type { CodePackage } from "./code-package.ts";
import type { ScratchFolder } from "./scratch-folder.ts";
import { unzip } from "./unzip.ts";

/** Where deployment packages that were uploaded to S3 are read from. */
export interface CodeArtifacts {
  /** @throws AwsError as S3's GetObject does, e.g. `NoSuchKey` */
  read(bucket: string, key: string, scope: Scope): Promise<Uint8Array>;
}

/** LocalStack's convention: this bucket means that the key is a folder on this machine. */
const FOLDER_BUCKET = "hot-reload";

type CodeSource = Pick<FunctionCode, "ZipFile" | "S3Bucket" | "S3Key">;

/** Takes in the code of functions. */
export class CodeStore {
  readonly #artifacts: CodeArtifacts;
  readonly #scratch: ScratchFolder;
  readonly #warn: (message: string) => void;

  constructor(options: {
    artifacts: CodeArtifacts;
    scratch: ScratchFolder;
    warn: (message: string) => void;
  }) {
    this.#artifacts = options.artifacts;
    this.#scratch = options.scratch;
    this.#warn = options.warn;
  }

  /** Unpacks a zip, or finds the folder, that a request names. */
  async take(functionName: string, source: CodeSource, scope: Scope): Promise<CodePackage> {
    const { ZipFile, S3Bucket, S3Key } = source;
    if (ZipFile) return this.#unpack(functionName, ZipFile);
    if (!S3Bucket || !S3Key) throw codeMissing();
    if (S3Bucket === FOLDER_BUCKET) return folderPackage(S3Key);
    return this.#unpack(functionName, await this.#download(S3Bucket, S3Key, scope));
  }

  async #download(bucket: string, key: string, scope: Scope): Promise<Uint8Array> {
    try {
      return await this.#artifacts.read(bucket, key, scope);
    } catch (thrown) {
      if (thrown instanceof AwsError) throw objectNotReadable(thrown.code, thrown.message);
      throw thrown;
    }
  }

  async #unpack(functionName: string, zip: Uint8Array): Promise<CodePackage> {
    if (zip.byteLength > MAX_ZIPPED_BYTES) throw zippedTooLarge(MAX_ZIPPED_BYTES);
    const home = await this.#scratch.create(functionName);
    const links = await unzip(zip, home);
    if (links.length > 0) {
      const names = links.slice(0, 3).join(", ");
      this.#warn(`${functionName}: ${links.length} symbolic links in its zip left out (${names})`);
    }
    const archive = join(await this.#scratch.create(`${functionName}-zip`), "code.zip");
    await writeFile(archive, zip);
    return {
      kind: "zip",
      folder: home,
      sha256: createHash("sha256").update(zip).digest("base64"),
      sizeBytes: zip.byteLength,
      location: pathToFileURL(archive).href,
    };
  }
}

async function folderPackage(path: string): Promise<CodePackage> {
  const found = isAbsolute(path) ? await stat(path).catch(() => undefined) : undefined;
  if (!found?.isDirectory()) throw folderNotFound(path);
  const folder = resolve(path);
  return {
    kind: "folder",
    folder,
    // DIFFERS: a working copy changes under the function; its hash stands for the folder's path.
    sha256: createHash("sha256").update(folder).digest("base64"),
    sizeBytes: 0,
    location: pathToFileURL(folder).href,
  };
}
