import type { WireResponse } from "../../../core/wire.ts";
import { gatewayAnswer, internalServerError, unsupportedMediaType } from "../answers.ts";
import type { IntegrationCall } from "./integration-call.ts";
import { mappedRequest, mappedResponse } from "./mapping.ts";

// https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html

/** Type MOCK: the request template names a status, and the response for it is the answer. */
export function mock(call: IntegrationCall): WireResponse {
  const mapped = mappedRequest(call);
  if (mapped === undefined) return gatewayAnswer(unsupportedMediaType);
  const status = /"?statusCode"?\s*:\s*"?(\d+)/.exec(mapped)?.[1];
  const responses = Object.values(call.integration.responses);
  const chosen =
    responses.find(({ selectionPattern }) => selectionPattern && selectionPattern === status) ??
    responses.find(({ selectionPattern }) => !selectionPattern);
  if (status === undefined || !chosen) return gatewayAnswer(internalServerError);
  return mappedResponse(call, { chosen, body: "" });
}
