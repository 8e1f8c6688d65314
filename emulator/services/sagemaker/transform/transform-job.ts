import type { CreateTransformJobRequest, TransformJobStatus } from "@aws-sdk/client-sagemaker";
import type { Checked } from "../../../core/service.ts";
import { badTransform } from "../errors.ts";
import type { HostedModel, Resource } from "../resources.ts";
import type { Processing } from "./data-processing.ts";

export type DeclaredTransform = Omit<Checked<CreateTransformJobRequest>, "TransformJobName">;

/** InProgress → Completed or Failed; InProgress → Stopping → Stopped. */
export interface TransformJob extends Resource {
  readonly declared: DeclaredTransform;
  readonly model: HostedModel;
  readonly processing: Processing | undefined;
  readonly stopping: AbortController;
  status: TransformJobStatus;
  failureReason: string | undefined;
  /** Epoch ms. */
  startedAt: number | undefined;
  endedAt: number | undefined;
  modifiedAt: number;
}

/** @throws AwsError ValidationException for a model that batch transforms do not take on AWS either */
export function transformable(model: HostedModel): HostedModel {
  if (model.data.packing === "tar.gz" && !usesSource(model)) return model;
  throw badTransform(
    `Model ${model.name} cannot be used by a transform job: it needs one container with a ModelDataUrl of a .tar.gz.`,
  );
}

function usesSource({ declared }: HostedModel): boolean {
  const only = declared.PrimaryContainer ?? declared.Containers?.[0];
  return only?.ModelDataSource !== undefined;
}
