import type { AwsError } from "../../core/errors.ts";
import { isUnit } from "./aws-json.ts";
import { readJson, writeJson } from "./json.ts";
import type { ErrorContext, Protocol } from "./protocol.ts";

const JSON_1_0 = "application/x-amz-json-1.0";

/**
 * AWS JSON 1.0, of services that spoke the Query protocol once: a header keeps their old error codes.
 * https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
 */
export const awsJson10: Protocol = {
  requestIdHeader: "x-amzn-RequestId",
  errorsFollowModel: true,

  readChecked(operation, { body }) {
    return operation.hotPath?.decode?.(body);
  },

  readInput(operation, { body }) {
    return readJson(operation.schema[4], body);
  },

  writeOutput(operation, output) {
    const schema = operation.schema[5];
    const body = isUnit(schema)
      ? "{}"
      : (operation.hotPath?.encode?.(output) ?? writeJson(schema, output));
    return { status: 200, headers: { "content-type": JSON_1_0 }, body };
  },

  writeError(error, context) {
    return {
      status: error.status,
      headers: { "content-type": JSON_1_0, ...queryErrorHeader(error, context) },
      body: JSON.stringify(errorMembers(error, context)),
    };
  },
};

type Answered = AwsError & { readonly status: number };

/** What JSON 1.0 and RPC CBOR tell of an error: its shape by its full name, and its members. */
export function errorMembers(
  { code, message, members }: Answered,
  { modelled }: Pick<ErrorContext, "modelled">,
): Record<string, unknown> {
  const name = modelled?.memberNames.includes("Message") ? "Message" : "message";
  const type = modelled ? `${modelled.namespace}#${code}` : code;
  return { __type: type, ...(message !== "" && { [name]: message }), ...members };
}

/**
 * The code that callers of old know.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait
 */
export function queryErrorHeader(
  { code, status }: Answered,
  { modelled, target }: Pick<ErrorContext, "modelled" | "target">,
): Record<string, string> {
  if (!target?.service.query) return {};
  return { "x-amzn-query-error": `${modelled?.queryCode ?? code};${faultOf(status)}` };
}

export function faultOf(status: number): "Sender" | "Receiver" {
  return status >= 500 ? "Receiver" : "Sender";
}
