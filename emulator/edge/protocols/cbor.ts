import { cbor, tag } from "@smithy/core/cbor";
import type { SchemaRef } from "@smithy/types";
import { Base64 } from "../../core/base64.ts";
import { AwsError } from "../../core/errors.ts";
import { type Dialect, fromWire, toWire } from "./tree.ts";

/**
 * The CBOR twin of AWS JSON 1.1, which the Java SDKs speak to Kinesis by default: the same member names,
 * blobs as byte strings, timestamps as tag 1 with integer *milliseconds* (a float makes them fail).
 */
const dialect: Dialect = {
  blobFromWire: (value) => (value instanceof Uint8Array ? value : undefined),
  timestampFromWire: (value) => {
    if (value instanceof Date) return value;
    const ms = tagged(value);
    return ms === undefined ? undefined : new Date(ms);
  },
  blobToWire: (value) => (value instanceof Base64 ? value.toBytes() : value),
  timestampToWire: (value) => tag({ tag: 1, value: value.getTime() }),
};

/** Smithy's own CBOR: timestamps are *seconds*, with a fraction where there is one. */
export const smithyDialect: Dialect = {
  ...dialect,
  timestampFromWire: (value) => {
    const seconds = tagged(value);
    return seconds === undefined ? undefined : new Date(Math.round(seconds * 1000));
  },
  timestampToWire: (value) => tag({ tag: 1, value: value.getTime() / 1000 }),
};

export function readCbor(schema: SchemaRef, body: Buffer, speech = dialect): unknown {
  return fromWire(schema, parseCbor(body), speech);
}

export function writeCbor(schema: SchemaRef, output: unknown, speech = dialect): Uint8Array {
  return cbor.serialize(toWire(schema, output ?? {}, speech));
}

/** Writes an error's members, which are plain text and numbers. */
export function writeCborError(members: Record<string, unknown>): Uint8Array {
  return cbor.serialize(members);
}

/** The number that a tag marks as a time, or a bare one. */
function tagged(value: unknown): number | undefined {
  const number = typeof value === "number" ? value : (value as { value?: unknown } | null)?.value;
  return typeof number === "number" || typeof number === "bigint" ? Number(number) : undefined;
}

function parseCbor(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return cbor.deserialize(body);
  } catch (cause) {
    throw new AwsError("SerializationException", "", { cause });
  }
}
