import type { SchemaRef } from "@smithy/types";
import { Base64, isBase64 } from "../../core/base64.ts";
import { AwsError } from "../../core/errors.ts";
import { type Dialect, fromWire, toWire } from "./tree.ts";

/** The SDK's own code for a timestamp that travels as text: RFC 3339. */
const DATE_TIME = 5;

/** AWS JSON: blobs are base64 text, timestamps numbers of seconds since the epoch, or what a trait says. */
const dialect: Dialect = {
  blobFromWire: (value) =>
    typeof value === "string" && isBase64(value) ? Buffer.from(value, "base64") : undefined,
  timestampFromWire: (value) => (typeof value === "number" ? new Date(epochMs(value)) : undefined),
  blobToWire: (value) => Base64.from(value).text,
  timestampToWire: (value, schema) =>
    schema.getSchema() === DATE_TIME
      ? value.toISOString().replace(".000Z", "Z")
      : value.getTime() / 1000,
};

/** REST-JSON alone renames members: https://smithy.io/2.0/spec/protocol-traits.html#jsonname-trait */
const restDialect: Dialect = {
  ...dialect,
  wireName: (member) => member.getMergedTraits().jsonName,
};

/** As {@link readJson}, by the names that members have in REST-JSON. */
export function readRestJson(schema: SchemaRef, body: Buffer): unknown {
  return fromWire(schema, parseJson(body), restDialect);
}

/** As {@link writeJson}, by the names that members have in REST-JSON. */
export function writeRestJson(schema: SchemaRef, output: unknown): string {
  return JSON.stringify(toWire(schema, output ?? {}, restDialect));
}

/** Reads a JSON body as an input of the schema's type; an empty body is an empty input. */
export function readJson(schema: SchemaRef, body: Buffer): unknown {
  return fromWire(schema, parseJson(body), dialect);
}

/** Writes an output as JSON text. */
export function writeJson(schema: SchemaRef, output: unknown): string {
  return JSON.stringify(toWire(schema, output ?? {}, dialect));
}

/** Deeper nesting than any AWS shape has; bounds the walk's stack. */
const MAX_DEPTH = 100;

export function parseJson(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (depthExceeds(value, MAX_DEPTH)) throw new Error("too deep");
    return value;
  } catch (cause) {
    // AWS answers a body that is no JSON with the bare name, as kinesalite recorded.
    throw new AwsError("SerializationException", "", { cause });
  }
}

function depthExceeds(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (depth === 0) return true;
  for (const member of Object.values(value)) {
    if (typeof member === "object" && depthExceeds(member, depth - 1)) return true;
  }
  return false;
}

/**
 * DIFFERS: the Java SDKs with CBOR switched off send milliseconds where the protocol says seconds
 * (aws-sdk-java #2588); no timestamp of interest is past the year 5138 in seconds.
 */
function epochMs(value: number): number {
  return value > 1e11 ? value : Math.round(value * 1000);
}
