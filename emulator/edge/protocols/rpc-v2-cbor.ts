import type { WireResponse } from "../../core/wire.ts";
import { isUnit } from "./aws-json.ts";
import { errorMembers, queryErrorHeader } from "./aws-json-1-0.ts";
import { readCbor, smithyDialect, writeCbor, writeCborError } from "./cbor.ts";
import type { Protocol } from "./protocol.ts";

/**
 * Smithy RPC v2 CBOR: `POST /service/<target>/operation/<operation>`.
 * https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
 */
export const rpcV2Cbor: Protocol = {
  requestIdHeader: "x-amzn-RequestId",
  errorsFollowModel: true,

  readInput(operation, { body }) {
    return readCbor(operation.schema[4], body, smithyDialect);
  },

  writeOutput(operation, output) {
    const schema = operation.schema[5];
    return answer(
      200,
      isUnit(schema) ? writeCborError({}) : writeCbor(schema, output, smithyDialect),
    );
  },

  writeError(error, context) {
    const { status, headers, body } = answer(
      error.status,
      writeCborError(errorMembers(error, context)),
    );
    return { status, headers: { ...headers, ...queryErrorHeader(error, context) }, body };
  },
};

function answer(status: number, body: Uint8Array): WireResponse {
  // Go's SDK refuses an answer that does not name the protocol.
  const headers = { "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor" };
  return { status, headers, body };
}
