import { oneOf, range, text } from "../../core/limits.ts";

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
export const MAX_PAYLOAD_BYTES = 10 * 1024 * 1024;
export const MAX_TIMEOUT_MS = 30_000;
export const integrationTimeoutMs = range(50, MAX_TIMEOUT_MS);

// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/api-reference.html
export const apiName = text({ min: 1, max: 128 });
export const stageName = text({ min: 1, max: 128, pattern: "\\$default|[-a-zA-Z0-9_]+" });
export const payloadFormatVersion = oneOf(["1.0", "2.0"]);
export const MAX_REQUEST_BYTES = 6 * 1024 * 1024;
