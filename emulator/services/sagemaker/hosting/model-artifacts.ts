import type { Scope } from "../../../core/service.ts";

/** Where model data is kept: S3 in AWS, and what the tank wires here. */
export interface ModelArtifacts {
  /** The object at `s3://bucket/key`, whole. Rejects when there is none, or no access to it. */
  read(s3Uri: string, scope: Scope): Promise<Uint8Array>;
}
