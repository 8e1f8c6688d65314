import type { TankContext } from "../../core/context.ts";
import type { Service } from "../../core/service.ts";
import { SageMakerRuntimeEngine, type SageMakerRuntimeNeeds } from "./engine.ts";
import { MAX_PAYLOAD_BYTES } from "./limits.ts";
import { InvokeEndpoint } from "./operations/invoke-endpoint.ts";
import { InvokeEndpointAsync } from "./operations/invoke-endpoint-async.ts";
import { InvokeEndpointWithResponseStream } from "./operations/invoke-endpoint-with-response-stream.ts";

export type { EndpointLookup } from "./endpoint-lookup.ts";
export type { SageMakerRuntimeEngine, SageMakerRuntimeNeeds } from "./engine.ts";

/** Amazon SageMaker Runtime: invocations of endpoints. */
export function sagemakerRuntime(
  context: TankContext,
  needs: SageMakerRuntimeNeeds,
): Service & { readonly engine: SageMakerRuntimeEngine } {
  return {
    name: "sagemaker-runtime",
    protocol: "rest-json",
    // The signing name of the control plane, too: paths tell the two apart.
    target: "sagemaker",
    engine: new SageMakerRuntimeEngine(context, needs),
    validationCode: "ValidationError",
    maxBodyBytes: MAX_PAYLOAD_BYTES,
    model: () => import("@aws-sdk/client-sagemaker-runtime"),
    operations: { InvokeEndpoint, InvokeEndpointAsync, InvokeEndpointWithResponseStream },
  };
}
