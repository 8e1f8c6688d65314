import { AwsError } from "../../core/errors.ts";
import type { WireResponse } from "../../core/wire.ts";
import { readCbor, writeCbor, writeCborError } from "./cbor.ts";
import { readJson, writeJson } from "./json.ts";
import type { Protocol } from "./protocol.ts";

const CBOR = "application/x-amz-cbor-1.1";
const JSON_1_1 = "application/x-amz-json-1.1";

/**
 * AWS JSON 1.1, and its CBOR twin when the request says so: `POST /` with the operation in X-Amz-Target.
 * https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export const awsJson: Protocol = {
  requestIdHeader: "x-amzn-RequestId",
  errorsFollowModel: false,

  readChecked(operation, { headers, body }) {
    return isCbor(headers) ? undefined : operation.hotPath?.decode?.(body);
  },

  readInput(operation, { headers, body }) {
    // Even an input without members is sent as "{}".
    if (body.length === 0) throw new AwsError("SerializationException", "");
    if (isCbor(headers)) return readCbor(operation.schema[4], body);
    return readJson(operation.schema[4], body);
  },

  writeOutput(operation, output, { request: { headers } }) {
    const schema = operation.schema[5];
    if (isCbor(headers)) return ok(CBOR, isUnit(schema) ? "" : writeCbor(schema, output));
    if (isUnit(schema)) return ok(JSON_1_1, "");
    return ok(JSON_1_1, operation.hotPath?.encode?.(output) ?? writeJson(schema, output));
  },

  writeError(error, { request }) {
    const members = { __type: error.code, ...messageMember(error), ...error.members };
    return isCbor(request.headers)
      ? answer(error.status, CBOR, writeCborError(members))
      : answer(error.status, JSON_1_1, JSON.stringify(members));
  },
};

function messageMember({ code, message }: { code: string; message: string }) {
  if (message === "") return {};
  return code === "SerializationException" ? { Message: message } : { message };
}

function isCbor(headers: Readonly<Record<string, string>>): boolean {
  return headers["content-type"]?.startsWith(CBOR) ?? false;
}

/** Operations without output answer 200 with an empty body, as AWS does. */
export function isUnit(schema: unknown): boolean {
  return schema === "unit" || (typeof schema === "function" && schema() === "unit");
}

function ok(contentType: string, body: string | Uint8Array): WireResponse {
  return answer(200, contentType, body);
}

function answer(status: number, contentType: string, body: string | Uint8Array): WireResponse {
  return { status, headers: { "content-type": contentType }, body };
}
