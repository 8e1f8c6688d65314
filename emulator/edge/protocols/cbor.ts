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
    const ms = typeof value === "number" ? value : (value as { value?: unknown } | null)?.value;
    return typeof ms === "number" || typeof ms === "bigint" ? new Date(Number(ms)) : undefined;
  },
  blobToWire: (value) => (value instanceof Base64 ? value.toBytes() : value),
  timestampToWire: (value) => tag({ tag: 1, value: value.getTime() }),
};

export function readCbor(schema: SchemaRef, body: Buffer): unknown {
  return fromWire(schema, parseCbor(body), dialect);
}

export function writeCbor(schema: SchemaRef, output: unknown): Uint8Array {
  return cbor.serialize(toWire(schema, output ?? {}, dialect));
}

/** Writes an error's members, which are plain text and numbers. */
export function writeCborError(members: Record<string, unknown>): Uint8Array {
  return cbor.serialize(members);
}

function parseCbor(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return cbor.deserialize(body);
  } catch (cause) {
    throw new AwsError("SerializationException", "", { cause });
  }
}
