import { isUtf8 } from "node:buffer";
import { type InvocationRequest, type InvocationResponse, Invoke$ } from "@aws-sdk/client-lambda";
import { messageOf } from "../../../core/errors.ts";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import { payloadNotJson } from "../errors.ts";
import { functionReference, invocationType, logType, qualifier } from "../limits.ts";
import { decodeClientContext } from "../model/client-context.ts";
import { refuseUnemulated } from "../unemulated.ts";

/** Payloads up to this are sent as text. */
const MAX_TEXT_BYTES = 16 * 1024;

// https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
type Output = Omit<InvocationResponse, "Payload"> & { Payload: Uint8Array | string };

export const Invoke = operation<LambdaEngine, InvocationRequest, Output>({
  schema: Invoke$,
  limits: {
    FunctionName: functionReference,
    Qualifier: qualifier,
    InvocationType: invocationType,
    LogType: logType,
  },
  async handle(lambda, input, call) {
    refuseUnemulated(input);
    const payload = input.Payload ?? new Uint8Array();
    assertJson(payload);
    const { ClientContext } = input;
    const answer = await lambda.invoke({
      functionName: input.FunctionName,
      qualifier: input.Qualifier,
      payload,
      scope: call,
      requestId: call.requestId,
      invocationType: input.InvocationType,
      clientContext: ClientContext === undefined ? undefined : decodeClientContext(ClientContext),
    });
    return {
      StatusCode: answer.statusCode,
      Payload: sendable(answer.payload),
      ExecutedVersion: answer.executedVersion,
      FunctionError: answer.functionError,
      LogResult:
        input.LogType === "Tail" && answer.statusCode === 200
          ? Buffer.from(answer.logTail()).toString("base64")
          : undefined,
    };
  },
  summarize: ({ FunctionName }, { FunctionError }) =>
    FunctionError ? `${FunctionName} · ${FunctionError}` : FunctionName,
});

/** Text leaves together with the headers, in one write; for a large payload the copy would cost more. */
function sendable(payload: Buffer): Buffer | string {
  return payload.length <= MAX_TEXT_BYTES && isUtf8(payload) ? payload.toString() : payload;
}

/** An empty payload is no payload; anything else must be JSON. */
function assertJson(payload: Uint8Array): void {
  if (payload.byteLength === 0) return;
  if (!isUtf8(payload)) throw payloadNotJson("Invalid UTF-8");
  try {
    JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString());
  } catch (error) {
    throw payloadNotJson(messageOf(error));
  }
}
