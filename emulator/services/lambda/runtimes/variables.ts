import { devNull } from "node:os";
import type { Scope } from "../../../core/service.ts";
import type { FunctionSettings } from "../model/function.ts";

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime

/** What a program needs to run on this machine at all, and no more: no secret comes along. */
const INHERITED = [
  "PATH",
  "HOME",
  "TMPDIR",
  "LD_LIBRARY_PATH",
  "SYSTEMROOT",
  "PATHEXT",
  "TEMP",
  "TMP",
  "USERPROFILE",
];

export interface Place {
  readonly scope: Scope;
  readonly functionName: string;
  readonly version: string;
  readonly settings: FunctionSettings;
  readonly taskRoot: string;
  readonly logStream: string;
  readonly endpointUrl: string;
}

/** The environment variables of an execution environment. */
export function environmentVariables(place: Place): Record<string, string> {
  const { scope, functionName, version, settings, taskRoot, logStream, endpointUrl } = place;
  const inherited: Record<string, string> = {};
  for (const name of INHERITED) {
    const value = process.env[name];
    if (value !== undefined) inherited[name] = value;
  }
  return {
    ...inherited,
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    PWD: taskRoot,
    AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
    // Every current SDK asks this address first. AWS sets none.
    AWS_ENDPOINT_URL: endpointUrl,
    // The user's own profiles, keys and instance roles stay out of sight.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
    ...settings.variables,
    _HANDLER: settings.handler,
    AWS_REGION: scope.region,
    AWS_DEFAULT_REGION: scope.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${settings.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: version,
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: settings.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    // A key of twelve digits names its account, so that the function's calls stay in its own.
    AWS_ACCESS_KEY_ID: scope.accountId === "000000000000" ? "test" : scope.accountId,
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_SESSION_TOKEN: "test",
    LAMBDA_TASK_ROOT: taskRoot,
    LAMBDA_RUNTIME_DIR: "/var/runtime",
  };
}
