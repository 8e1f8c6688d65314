import { oneOf, range, text } from "../../core/limits.ts";

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
export const MAX_PAYLOAD_BYTES = 10 * 1024 * 1024;
export const DEFAULT_TIMEOUT_MS = 29_000;
/** Raisable on request since June 2024; here up to what AWS is reported to grant. */
export const integrationTimeoutMs = range(50, 300_000);

// https://docs.aws.amazon.com/apigateway/latest/api/API_Operations.html
export const stageName = text({ min: 1, max: 128, pattern: "[-a-zA-Z0-9_]+" });
export const httpMethod = oneOf([
  "DELETE",
  "GET",
  "HEAD",
  "OPTIONS",
  "PATCH",
  "POST",
  "PUT",
  "ANY",
]);
export const statusCode = text({ pattern: "[1-5]\\d\\d" });
export const LIST_PAGE = 25;
export const MAX_LIST_PAGE = 500;
/** The control plane's largest body: an OpenAPI document. */
export const MAX_REQUEST_BYTES = 6 * 1024 * 1024;
