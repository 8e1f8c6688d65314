import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { TemporaryFolder } from "../../../core/temporary-folder.ts";
import { fileNameOf, type ModelData, s3Location } from "../model/model-data.ts";
import { unpackModel } from "./archive.ts";

/** A temporary folder with a model's data, laid out as a container finds it in /opt/ml/model. */
export class ModelFolder extends TemporaryFolder {
  /** @throws WavetankError ERR_ARCHIVE for an archive that cannot be unpacked. */
  static async create(data: ModelData, bytes: Uint8Array): Promise<ModelFolder> {
    const folder = new ModelFolder("model");
    try {
      if (data.packing === "tar.gz") await unpackModel(bytes, { folder: folder.path });
      else await writeFile(join(folder.path, nameIn(data)), bytes);
      return folder;
    } catch (error) {
      await folder.remove();
      throw error;
    }
  }
}

function nameIn({ uri }: ModelData): string {
  const name = fileNameOf(s3Location(uri)?.key ?? "");
  if (name === undefined) throw new Error(`${uri} names no file`);
  return name;
}
