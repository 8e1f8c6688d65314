import type { TankContext } from "../../core/context.ts";
import type { Service } from "../../core/service.ts";
import { LambdaEngine, type LambdaNeeds } from "./engine.ts";
import { MAX_REQUEST_BYTES } from "./limits.ts";
import { CreateEventSourceMapping } from "./operations/create-event-source-mapping.ts";
import { CreateFunction } from "./operations/create-function.ts";
import { CreateFunctionUrlConfig } from "./operations/create-function-url-config.ts";
import { DeleteEventSourceMapping } from "./operations/delete-event-source-mapping.ts";
import { DeleteFunction } from "./operations/delete-function.ts";
import { DeleteFunctionUrlConfig } from "./operations/delete-function-url-config.ts";
import { GetEventSourceMapping } from "./operations/get-event-source-mapping.ts";
import { GetFunction } from "./operations/get-function.ts";
import { GetFunctionConfiguration } from "./operations/get-function-configuration.ts";
import { GetFunctionUrlConfig } from "./operations/get-function-url-config.ts";
import { Invoke } from "./operations/invoke.ts";
import { ListEventSourceMappings } from "./operations/list-event-source-mappings.ts";
import { ListFunctionUrlConfigs } from "./operations/list-function-url-configs.ts";
import { ListFunctions } from "./operations/list-functions.ts";
import { UpdateEventSourceMapping } from "./operations/update-event-source-mapping.ts";
import { UpdateFunctionCode } from "./operations/update-function-code.ts";
import { UpdateFunctionConfiguration } from "./operations/update-function-configuration.ts";

export type { CodeArtifacts } from "./code/code-store.ts";
export type { LambdaEngine, LambdaNeeds } from "./engine.ts";
export type { InvokeRequest, InvokeResult } from "./invocation/invoker.ts";
export type { RieAnswer } from "./invocation/rie.ts";

/** AWS Lambda: functions in processes of this machine, and what feeds them from streams. */
export function lambda(
  context: TankContext,
  needs: LambdaNeeds,
): Service & { readonly engine: LambdaEngine } {
  return {
    name: "lambda",
    protocol: "rest-json",
    target: "lambda",
    engine: new LambdaEngine(context, needs),
    maxBodyBytes: MAX_REQUEST_BYTES,
    model: () => import("@aws-sdk/client-lambda"),
    operations: {
      CreateEventSourceMapping,
      CreateFunction,
      DeleteEventSourceMapping,
      DeleteFunction,
      GetEventSourceMapping,
      GetFunction,
      GetFunctionConfiguration,
      CreateFunctionUrlConfig,
      DeleteFunctionUrlConfig,
      GetFunctionUrlConfig,
      ListFunctionUrlConfigs,
      Invoke,
      ListEventSourceMappings,
      ListFunctions,
      UpdateEventSourceMapping,
      UpdateFunctionCode,
      UpdateFunctionConfiguration,
    },
  };
}
