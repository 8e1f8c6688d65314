import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import { LATEST, type LambdaFunction } from "./model/function.ts";

/**
 * A version of a function in the shape of AWS's answers, with everything that AWS shows of a function of its
 * own.
 * @param qualifier as the caller gave it; a published version is named by its number without one
 */
export function describeFunction(
  fn: LambdaFunction,
  qualifier: string | undefined = fn.version === LATEST ? undefined : fn.version,
): FunctionConfiguration {
  const { settings, code } = fn;
  const { region } = fn.scope;
  return {
    FunctionName: fn.name,
    FunctionArn: qualifier === undefined ? fn.arn : `${fn.arn}:${qualifier}`,
    Runtime: settings.runtime as FunctionConfiguration["Runtime"] & string,
    Role: settings.role,
    Handler: settings.handler,
    CodeSize: code.sizeBytes,
    Description: settings.description,
    Timeout: settings.timeoutSeconds,
    MemorySize: settings.memoryMb,
    LastModified: lastModified(fn.modifiedAt),
    CodeSha256: code.sha256,
    Version: fn.version,
    ...(settings.variables && { Environment: { Variables: { ...settings.variables } } }),
    ...(settings.deadLetterArn && { DeadLetterConfig: { TargetArn: settings.deadLetterArn } }),
    ...(settings.kmsKeyArn && { KMSKeyArn: settings.kmsKeyArn }),
    TracingConfig: { Mode: settings.tracingMode as "Active" | "PassThrough" },
    RevisionId: fn.revisionId,
    State: fn.state,
    ...(fn.state === "Pending" && {
      StateReason: "The function is being created.",
      StateReasonCode: "Creating" as const,
    }),
    ...(fn.updateStatus && { LastUpdateStatus: fn.updateStatus }),
    ...(fn.updateStatus === "InProgress" && {
      LastUpdateStatusReason: "The function is being created.",
      LastUpdateStatusReasonCode: "Creating" as FunctionConfiguration["LastUpdateStatusReasonCode"],
    }),
    PackageType: "Zip",
    Architectures: [settings.architecture as "x86_64" | "arm64"],
    EphemeralStorage: { Size: settings.ephemeralStorageMb },
    SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
    // DIFFERS: AWS's runtimes have versions; the language installed here runs all of them.
    RuntimeVersionConfig: {
      RuntimeVersionArn: `arn:aws:lambda:${region}::runtime:${settings.runtime}`,
    },
    LoggingConfig: { LogFormat: "Text", LogGroup: settings.logGroup },
  };
}

/** "2026-01-31T12:00:00.000+0000". */
function lastModified(at: number): string {
  return new Date(at).toISOString().replace("Z", "+0000");
}
