import type { WireResponse } from "../../../core/wire.ts";
import { answerV1 } from "../../../gateway/answer-v1.ts";
import { header } from "../../../gateway/incoming.ts";
import { eventV1 } from "../../../gateway/payload-v1.ts";
import { gatewayAnswer, internalServerError, malformedProxyAnswer } from "../answers.ts";
import { functionArnOf } from "./function-uri.ts";
import type { IntegrationCall } from "./integration-call.ts";
import { invoked } from "./invoked.ts";
import { isBinaryType } from "./media-types.ts";

// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html

/** Type AWS_PROXY: the whole request is the function's event, and its answer the whole response. */
export async function lambdaProxy(call: IntegrationCall): Promise<WireResponse> {
  const { integration, incoming, matched, invocation } = call;
  const functionArn = functionArnOf(integration.uri ?? "", invocation.stageVariables);
  if (!functionArn || integration.httpMethod !== "POST") return gatewayAnswer(internalServerError);
  const payload = JSON.stringify(eventV1(incoming, matched, invocation));
  const outcome = await invoked(call, { functionArn, payload });
  if ("refusal" in outcome) return outcome.refusal;
  const { result } = outcome;
  if (result.functionError) return gatewayAnswer(malformedProxyAnswer);
  const accepted = header(incoming, "accept") ?? "";
  const decodesBase64 = isBinaryType(accepted, call.binaryMediaTypes);
  const answer = answerV1(result.payload, { decodesBase64 });
  if (answer === "malformed") return gatewayAnswer(malformedProxyAnswer);
  return answer === "not base64" ? gatewayAnswer(internalServerError) : answer;
}
