import type { WireResponse } from "../../core/wire.ts";
import type { Invocation } from "../../gateway/incoming.ts";

// https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html

/** What API Gateway answers by itself. */
export interface GatewayResponse {
  readonly status: number;
  readonly message: string;
  readonly errorType: string;
}

const gatewayResponse = (status: number, errorType: string, message: string): GatewayResponse => ({
  status,
  errorType,
  message,
});

export const missingAuthenticationToken = gatewayResponse(
  403,
  "MissingAuthenticationTokenException",
  "Missing Authentication Token",
);
export const forbidden = gatewayResponse(403, "ForbiddenException", "Forbidden");
export const internalServerError = gatewayResponse(
  500,
  "InternalServerErrorException",
  "Internal server error",
);
export const malformedProxyAnswer = { ...internalServerError, status: 502 };
/** UNCONFIRMED: its words. */
export const timedOut = gatewayResponse(
  504,
  "InternalServerErrorException",
  "Endpoint request timed out",
);
/** UNCONFIRMED: its words. */
export const requestTooLarge = gatewayResponse(413, "RequestTooLargeException", "Request Too Long");
export const unsupportedMediaType = gatewayResponse(
  415,
  "BadRequestException",
  "Unsupported Media Type",
);
export const badRequestBody = (message: string) =>
  gatewayResponse(400, "BadRequestException", message);

export function gatewayAnswer({ status, message, errorType }: GatewayResponse): WireResponse {
  return {
    status,
    headers: { "content-type": "application/json", "x-amzn-errortype": errorType },
    // AWS leaves a space after the colon in this message alone.
    body:
      message === internalServerError.message
        ? `{"message": "${message}"}`
        : JSON.stringify({ message }),
  };
}

/** The headers of every answer of a REST API. */
export function withIds(response: WireResponse, invocation: Invocation): WireResponse {
  const { headers } = response;
  headers["x-amzn-requestid"] = invocation.requestId;
  headers["x-amz-apigw-id"] = invocation.extendedRequestId;
  headers["x-amzn-trace-id"] = invocation.traceId;
  return response;
}
