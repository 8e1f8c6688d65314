import type { Scope } from "../../../core/service.ts";
import { modelDataNotFound } from "../errors.ts";
import type { ModelData } from "../model/model-data.ts";

/** Where model data is kept: S3 in AWS, and what the tank wires here. */
export interface ModelArtifacts {
  /** The object at `s3://bucket/key`, whole. Rejects when there is none, or no access to it. */
  read(s3Uri: string, scope: Scope): Promise<Uint8Array>;
  /** Changes whenever the object is written. Rejects as `read` does. */
  version(s3Uri: string, scope: Scope): Promise<string>;
}

/** @throws AwsError ValidationException for data that is not there. A prefix may be empty yet. */
export async function requireData(
  { uri, packing }: ModelData,
  { artifacts, scope }: { artifacts: ModelArtifacts; scope: Scope },
): Promise<void> {
  if (packing === "models") return;
  await artifacts.version(uri, scope).catch(() => {
    throw modelDataNotFound(uri);
  });
}
