import type { WireResponse } from "../../../core/wire.ts";
import {
  badRequestBody,
  gatewayAnswer,
  internalServerError,
  unsupportedMediaType,
} from "../answers.ts";
import type { Integration } from "../model/rest-api.ts";
import { functionArnOf } from "./function-uri.ts";
import type { IntegrationCall } from "./integration-call.ts";
import { invoked } from "./invoked.ts";
import { mappedRequest, mappedResponse } from "./mapping.ts";

// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-custom-integrations.html

/** Type AWS: a mapping template makes the event of the request, and the function's result is the body. */
export async function lambdaCustom(call: IntegrationCall): Promise<WireResponse> {
  const { integration, invocation } = call;
  const functionArn = functionArnOf(integration.uri ?? "", invocation.stageVariables);
  if (!functionArn) return gatewayAnswer(internalServerError);
  const payload = mappedRequest(call);
  if (payload === undefined) return gatewayAnswer(unsupportedMediaType);
  if (!isJson(payload)) {
    return gatewayAnswer(badRequestBody("Could not parse request body into json"));
  }
  const outcome = await invoked(call, { functionArn, payload });
  if ("refusal" in outcome) return outcome.refusal;
  const { result } = outcome;
  const chosen = responseFor(integration, result.functionError && errorMessageOf(result.payload));
  if (!chosen) return gatewayAnswer(internalServerError);
  return mappedResponse(call, { chosen, body: result.payload });
}

/** The response whose pattern an error's message matches as a whole, else the default. */
function responseFor({ responses }: Integration, errorMessage: string | undefined) {
  const all = Object.values(responses);
  const fallback = all.find(({ selectionPattern }) => !selectionPattern);
  if (errorMessage === undefined) return fallback;
  const matching = all.find(
    ({ selectionPattern }) =>
      selectionPattern && new RegExp(`^(?:${selectionPattern})$`, "s").test(errorMessage),
  );
  return matching ?? fallback;
}

function errorMessageOf(payload: string): string {
  try {
    return String((JSON.parse(payload) as { errorMessage?: unknown }).errorMessage ?? "");
  } catch {
    return "";
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
