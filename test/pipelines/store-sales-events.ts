import type { APIGatewayProxyEventV2 } from "aws-lambda";

/** A request through a function URL; with a stage, through an HTTP API. */
export function httpEvent(method: string, rawPath: string, stage = "$default") {
  return {
    version: "2.0",
    rawPath,
    requestContext: { stage, http: { method, path: rawPath } },
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
}
