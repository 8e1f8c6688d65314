import { EVENT_STREAM, writeEvents } from "./event-stream.ts";
import { bindingsOf, readBound, writeBoundHeaders } from "./http-bindings.ts";
import { readRestJson, writeRestJson } from "./json.ts";
import type { AnyOperation, Protocol } from "./protocol.ts";

/**
 * REST-JSON 1: the operation in method and path, members in path, query, headers and a JSON document.
 * https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
 */
export const restJson: Protocol = {
  requestIdHeader: "x-amzn-RequestId",
  errorsFollowModel: true,

  readInput(operation, request, labels) {
    const schema = operation.schema[4];
    const bound = readBound(schema, request, labels);
    const bindings = bindingsOf(schema);
    const payload = bindings.find(({ place }) => place === "payload");
    if (payload) {
      if (payload.ns.isBlobSchema()) bound[payload.name] = request.body;
      else if (payload.ns.isStringSchema()) bound[payload.name] = request.body.toString("utf8");
      else if (request.body.length > 0)
        bound[payload.name] = readRestJson(payload.ns, request.body);
      return bound;
    }
    if (!bindings.some(({ place }) => place === "document")) return bound;
    // What stands in the path may stand in the document too, where it means nothing.
    return { ...(readRestJson(schema, request.body) as object), ...bound };
  },

  writeOutput(operation, output) {
    const schema = operation.schema[5];
    const bindings = bindingsOf(schema);
    const members = (output ?? {}) as Record<string, unknown>;
    const headers = writeBoundHeaders(bindings, members);
    const status = statusOf(operation, members);
    const payload = bindings.find(({ place }) => place === "payload");
    if (payload) {
      const value = members[payload.name];
      if (payload.ns.isStructSchema() && payload.ns.isStreaming()) {
        const body = writeEvents(payload.ns, (value ?? []) as readonly object[]);
        return { status, headers: { ...headers, "content-type": EVENT_STREAM }, body };
      }
      if (payload.ns.isStructSchema()) {
        return { status, headers: json(headers), body: writeRestJson(payload.ns, value) };
      }
      return { status, headers, body: (value ?? "") as string | Uint8Array };
    }
    const document = bindings.filter(({ place }) => place === "document");
    if (document.length === 0) return { status, headers, body: "" };
    const body = Object.fromEntries(document.map(({ name }) => [name, members[name]]));
    return { status, headers: json(headers), body: writeRestJson(schema, body) };
  },

  writeError(error, { modelled }) {
    const memberNames = modelled?.memberNames;
    // Lambda spells the member Message for some errors and message for others.
    const messageName = memberNames?.includes("Message") ? "Message" : "message";
    const type = memberNames?.includes("Type")
      ? { Type: error.status >= 500 ? "Service" : "User" }
      : {};
    const message = error.message === "" ? {} : { [messageName]: error.message };
    return {
      status: error.status,
      headers: { "content-type": "application/json", "x-amzn-ErrorType": error.code },
      body: JSON.stringify({ ...type, ...message, ...error.members }),
    };
  },
};

/** The status of a success: an output member bound to it, else the published one. */
export function statusOf(
  operation: AnyOperation,
  output: Readonly<Record<string, unknown>>,
): number {
  const bound = bindingsOf(operation.schema[5]).find(({ place }) => place === "status");
  const value = bound && output[bound.name];
  return typeof value === "number" ? value : (httpTrait(operation.schema)?.[2] ?? 200);
}

/** The operation's `[method, path, status]`. */
export function httpTrait(schema: readonly unknown[]): [string, string, number] | undefined {
  const traits = schema[3];
  if (typeof traits !== "object" || traits === null) return undefined;
  return (traits as { http?: [string, string, number] }).http;
}

function json(headers: Record<string, string>): Record<string, string> {
  return { "content-type": "application/json", ...headers };
}
