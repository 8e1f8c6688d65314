import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileNameOf, type ModelData, s3Location } from "../model/model-data.ts";
import { unpackModel } from "./archive.ts";

/** A temporary folder with a model's data, laid out as a container finds it in /opt/ml/model. */
export class ModelFolder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** @throws WavetankError ERR_ARCHIVE for an archive that cannot be unpacked. */
  static async create(data: ModelData, bytes: Uint8Array): Promise<ModelFolder> {
    const folder = new ModelFolder(await mkdtemp(join(tmpdir(), "wavetank-model-")));
    try {
      if (data.packing === "tar.gz") await unpackModel(bytes, { folder: folder.path });
      else await writeFile(join(folder.path, nameIn(data)), bytes);
      return folder;
    } catch (error) {
      await folder.remove();
      throw error;
    }
  }

  async remove(): Promise<void> {
    // Windows holds on to a model file for a moment after it was released.
    await rm(this.path, { recursive: true, force: true, maxRetries: 5 });
  }
}

function nameIn({ uri }: ModelData): string {
  const name = fileNameOf(s3Location(uri)?.key ?? "");
  if (name === undefined) throw new Error(`${uri} names no file`);
  return name;
}
