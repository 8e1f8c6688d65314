import type { TankContext } from "../../core/context.ts";
import type { Service } from "../../core/service.ts";
import { LambdaEngine, type LambdaNeeds } from "./engine.ts";
import { MAX_REQUEST_BYTES } from "./limits.ts";
import { AddPermission } from "./operations/add-permission.ts";
import { CreateAlias } from "./operations/create-alias.ts";
import { CreateEventSourceMapping } from "./operations/create-event-source-mapping.ts";
import { CreateFunction } from "./operations/create-function.ts";
import { CreateFunctionUrlConfig } from "./operations/create-function-url-config.ts";
import { DeleteAlias } from "./operations/delete-alias.ts";
import { DeleteEventSourceMapping } from "./operations/delete-event-source-mapping.ts";
import { DeleteFunction } from "./operations/delete-function.ts";
import { DeleteFunctionConcurrency } from "./operations/delete-function-concurrency.ts";
import { DeleteFunctionEventInvokeConfig } from "./operations/delete-function-event-invoke-config.ts";
import { DeleteFunctionUrlConfig } from "./operations/delete-function-url-config.ts";
import { GetAccountSettings } from "./operations/get-account-settings.ts";
import { GetAlias } from "./operations/get-alias.ts";
import { GetEventSourceMapping } from "./operations/get-event-source-mapping.ts";
import { GetFunction } from "./operations/get-function.ts";
import { GetFunctionConcurrency } from "./operations/get-function-concurrency.ts";
import { GetFunctionConfiguration } from "./operations/get-function-configuration.ts";
import { GetFunctionEventInvokeConfig } from "./operations/get-function-event-invoke-config.ts";
import { GetFunctionUrlConfig } from "./operations/get-function-url-config.ts";
import { GetPolicy } from "./operations/get-policy.ts";
import { Invoke } from "./operations/invoke.ts";
import { ListAliases } from "./operations/list-aliases.ts";
import { ListEventSourceMappings } from "./operations/list-event-source-mappings.ts";
import { ListFunctionEventInvokeConfigs } from "./operations/list-function-event-invoke-configs.ts";
import { ListFunctionUrlConfigs } from "./operations/list-function-url-configs.ts";
import { ListFunctions } from "./operations/list-functions.ts";
import { ListTags } from "./operations/list-tags.ts";
import { ListVersionsByFunction } from "./operations/list-versions-by-function.ts";
import { PublishVersion } from "./operations/publish-version.ts";
import { PutFunctionConcurrency } from "./operations/put-function-concurrency.ts";
import { PutFunctionEventInvokeConfig } from "./operations/put-function-event-invoke-config.ts";
import { RemovePermission } from "./operations/remove-permission.ts";
import { TagResource } from "./operations/tag-resource.ts";
import { UntagResource } from "./operations/untag-resource.ts";
import { UpdateAlias } from "./operations/update-alias.ts";
import { UpdateEventSourceMapping } from "./operations/update-event-source-mapping.ts";
import { UpdateFunctionCode } from "./operations/update-function-code.ts";
import { UpdateFunctionConfiguration } from "./operations/update-function-configuration.ts";
import { UpdateFunctionEventInvokeConfig } from "./operations/update-function-event-invoke-config.ts";

export type { CodeArtifacts } from "./code/code-store.ts";
export type { DeadLetter, DeadLetters, Destinations } from "./destinations.ts";
export type { LambdaEngine, LambdaNeeds } from "./engine.ts";
export type { InvokeRequest, InvokeResult } from "./invocation/invoker.ts";
export type { RieAnswer } from "./invocation/rie.ts";
export { permits } from "./permitting.ts";

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
      AddPermission,
      CreateAlias,
      CreateEventSourceMapping,
      CreateFunction,
      DeleteAlias,
      DeleteEventSourceMapping,
      DeleteFunction,
      DeleteFunctionConcurrency,
      DeleteFunctionEventInvokeConfig,
      GetAccountSettings,
      GetAlias,
      GetEventSourceMapping,
      GetFunction,
      GetFunctionConcurrency,
      GetFunctionConfiguration,
      GetFunctionEventInvokeConfig,
      GetPolicy,
      CreateFunctionUrlConfig,
      DeleteFunctionUrlConfig,
      GetFunctionUrlConfig,
      ListFunctionUrlConfigs,
      Invoke,
      ListAliases,
      ListEventSourceMappings,
      ListFunctionEventInvokeConfigs,
      ListFunctions,
      ListTags,
      ListVersionsByFunction,
      PublishVersion,
      PutFunctionConcurrency,
      PutFunctionEventInvokeConfig,
      RemovePermission,
      TagResource,
      UntagResource,
      UpdateAlias,
      UpdateEventSourceMapping,
      UpdateFunctionCode,
      UpdateFunctionConfiguration,
      UpdateFunctionEventInvokeConfig,
    },
  };
}
