import type { TankContext } from "../../core/context.ts";
import type { Service } from "../../core/service.ts";
import { SageMakerEngine } from "./engine.ts";
import type { SageMakerNeeds } from "./needs.ts";
import { AddTags } from "./operations/add-tags.ts";
import { CreateEndpoint } from "./operations/create-endpoint.ts";
import { CreateEndpointConfig } from "./operations/create-endpoint-config.ts";
import { CreateModel } from "./operations/create-model.ts";
import { CreateTransformJob } from "./operations/create-transform-job.ts";
import { DeleteEndpoint } from "./operations/delete-endpoint.ts";
import { DeleteEndpointConfig } from "./operations/delete-endpoint-config.ts";
import { DeleteModel } from "./operations/delete-model.ts";
import { DeleteTags } from "./operations/delete-tags.ts";
import { DescribeEndpoint } from "./operations/describe-endpoint.ts";
import { DescribeEndpointConfig } from "./operations/describe-endpoint-config.ts";
import { DescribeModel } from "./operations/describe-model.ts";
import { DescribeTransformJob } from "./operations/describe-transform-job.ts";
import { ListEndpointConfigs } from "./operations/list-endpoint-configs.ts";
import { ListEndpoints } from "./operations/list-endpoints.ts";
import { ListModels } from "./operations/list-models.ts";
import { ListTags } from "./operations/list-tags.ts";
import { ListTransformJobs } from "./operations/list-transform-jobs.ts";
import { StopTransformJob } from "./operations/stop-transform-job.ts";
import { UpdateEndpoint } from "./operations/update-endpoint.ts";
import { UpdateEndpointWeightsAndCapacities } from "./operations/update-endpoint-weights-and-capacities.ts";

export type { SageMakerEngine } from "./engine.ts";
export type { ModelArtifacts } from "./hosting/model-artifacts.ts";
export type { ModelHost } from "./hosting/model-host.ts";
export type { SageMakerNeeds } from "./needs.ts";

/** Amazon SageMaker's control plane: models, endpoint configurations and endpoints. */
export function sagemaker(
  context: TankContext,
  needs: SageMakerNeeds,
): Service & { readonly engine: SageMakerEngine } {
  return {
    name: "sagemaker",
    protocol: "aws-json-1.1",
    target: "SageMaker",
    engine: new SageMakerEngine(context, needs),
    // Fifteen containers with 32 KB of environment each, and then some.
    maxBodyBytes: 1024 * 1024,
    model: () => import("@aws-sdk/client-sagemaker"),
    operations: {
      AddTags,
      CreateEndpoint,
      CreateEndpointConfig,
      CreateModel,
      DeleteEndpoint,
      DeleteEndpointConfig,
      DeleteModel,
      DeleteTags,
      DescribeEndpoint,
      DescribeEndpointConfig,
      DescribeModel,
      ListEndpointConfigs,
      ListEndpoints,
      ListModels,
      ListTags,
      CreateTransformJob,
      DescribeTransformJob,
      ListTransformJobs,
      StopTransformJob,
      UpdateEndpoint,
      UpdateEndpointWeightsAndCapacities,
    },
  };
}
