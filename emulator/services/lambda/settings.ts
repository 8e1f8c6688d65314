import type {
  CreateFunctionRequest,
  UpdateFunctionConfigurationRequest,
} from "@aws-sdk/client-lambda";
import type { Checked } from "../../core/service.ts";
import { deadLetterTarget } from "./destination-arns.ts";
import { runtimeAndHandlerMissing, runtimeNotEmulated, unknownRuntime } from "./errors.ts";
import { checkVariables } from "./model/environment-variables.ts";
import type { FunctionSettings } from "./model/function.ts";

type Create = Checked<CreateFunctionRequest>;
type Update = Checked<UpdateFunctionConfigurationRequest>;

// https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
const DEFAULTS = {
  description: "",
  timeoutSeconds: 3,
  memoryMb: 128,
  ephemeralStorageMb: 512,
  architecture: "x86_64",
  variables: undefined,
  tracingMode: "PassThrough",
  kmsKeyArn: undefined,
  deadLetterArn: undefined,
} as const;

/** What a request to create a function asks for, with AWS's defaults. */
export function newSettings(name: string, input: Create): FunctionSettings {
  const { Runtime, Handler } = input;
  if (!Runtime || !Handler) throw runtimeAndHandlerMissing();
  const settings = {
    ...DEFAULTS,
    runtime: Runtime,
    handler: Handler,
    role: input.Role,
    logGroup: `/aws/lambda/${name}`,
  };
  return {
    ...changedSettings(settings, input),
    architecture: input.Architectures?.[0] ?? DEFAULTS.architecture,
  };
}

/** The settings with what a request changes; members that it does not name stay. */
export function changedSettings(
  settings: FunctionSettings,
  input: Create | Update,
): FunctionSettings {
  if (input.Runtime !== undefined) checkRuntime(input.Runtime);
  const variables = input.Environment?.Variables ?? settings.variables;
  if (input.Environment?.Variables) checkVariables(input.Environment.Variables);
  return {
    ...settings,
    runtime: input.Runtime ?? settings.runtime,
    handler: input.Handler ?? settings.handler,
    role: input.Role ?? settings.role,
    description: input.Description ?? settings.description,
    timeoutSeconds: input.Timeout ?? settings.timeoutSeconds,
    memoryMb: input.MemorySize ?? settings.memoryMb,
    ephemeralStorageMb: input.EphemeralStorage?.Size ?? settings.ephemeralStorageMb,
    variables,
    logGroup: input.LoggingConfig?.LogGroup ?? settings.logGroup,
    tracingMode: input.TracingConfig?.Mode ?? settings.tracingMode,
    kmsKeyArn: input.KMSKeyArn ?? settings.kmsKeyArn,
    deadLetterArn:
      input.DeadLetterConfig?.TargetArn === undefined
        ? settings.deadLetterArn
        : deadLetterTarget(input.DeadLetterConfig.TargetArn),
  };
}

// What AWS accepted when last recorded (2025-11), in the order of its message.
const RUNTIMES = [
  "nodejs20.x",
  "python3.14",
  "provided.al2023",
  "python3.12",
  "python3.13",
  "nodejs24.x",
  "nodejs22.x",
  "java25",
  "python3.10",
  "python3.11",
  "java21",
  "ruby3.3",
  "ruby3.4",
  "ruby3.2",
  "python3.8",
  "python3.9",
  "java17",
  "nodejs16.x",
  "dotnet10",
  "dotnet8",
  "java11",
  "dotnet6",
  "nodejs18.x",
  "provided.al2",
  "java8.al2",
];

/** Any version of Node.js or Python will do, for the one installed here runs them all. */
function checkRuntime(runtime: string): void {
  if (/^(nodejs\d+\.x|python3\.\d+)$/.test(runtime)) return;
  throw RUNTIMES.includes(runtime)
    ? runtimeNotEmulated(runtime)
    : unknownRuntime(runtime, RUNTIMES);
}
