import type { FunctionUrlConfig } from "@aws-sdk/client-lambda";
import type { FunctionUrl } from "./function-urls.ts";

/** A function URL in AWS's members. */
export function describeUrl(
  url: FunctionUrl,
): FunctionUrlConfig & { CreationTime: string; LastModifiedTime: string } {
  const { id, fn, arn, authType, cors, createdAt } = url;
  const at = new Date(createdAt).toISOString();
  return {
    FunctionUrl: `https://${id}.lambda-url.${fn.scope.region}.on.aws/`,
    FunctionArn: arn,
    AuthType: authType,
    ...(cors && { Cors: cors }),
    CreationTime: at,
    LastModifiedTime: at,
    InvokeMode: "BUFFERED",
  };
}
