import { NormalizedSchema } from "@smithy/core/schema";
import type { SchemaRef } from "@smithy/types";
import type { Base64 } from "../../core/base64.ts";
import { AwsError } from "../../core/errors.ts";

/**
 * Values between the wire and an operation, by AWS's published schema: what JSON or CBOR parsed to on
 * one side, the SDK's shapes (`Date`, `Uint8Array`) on the other. The SDK's own codecs coerce and
 * refuse little (`StreamName: 23` passes), so the types are checked here, in the same walk.
 */
export interface Dialect {
  blobFromWire(value: unknown): Uint8Array | undefined;
  timestampFromWire(value: unknown): Date | undefined;
  blobToWire(value: Uint8Array | Base64): unknown;
  timestampToWire(value: Date): unknown;
}

/** Reads a parsed value as the schema's type; throws SerializationException where the types differ. */
export function fromWire(schema: SchemaRef, value: unknown, dialect: Dialect): unknown {
  return read(NormalizedSchema.of(schema), value, dialect);
}

/** Writes an output of the schema's type as a plain value, members without a value left out. */
export function toWire(schema: SchemaRef, value: unknown, dialect: Dialect): unknown {
  return write(NormalizedSchema.of(schema), value, dialect);
}

function read(ns: NormalizedSchema, value: unknown, dialect: Dialect): unknown {
  if (ns.isStructSchema()) return readStructure(ns, value, dialect);
  if (ns.isListSchema()) {
    if (!Array.isArray(value)) throw mismatch(value, "list");
    const item = ns.getValueSchema();
    return value.map((member) => (member === null ? undefined : read(item, member, dialect)));
  }
  if (ns.isMapSchema()) {
    if (!isObject(value)) throw mismatch(value, "map");
    const item = ns.getValueSchema();
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, read(item, member, dialect)]),
    );
  }
  return readSimple(ns, value, dialect);
}

function readStructure(ns: NormalizedSchema, value: unknown, dialect: Dialect): unknown {
  if (!isObject(value)) throw mismatch(value, "structure");
  const structure: Record<string, unknown> = {};
  for (const [name, member] of ns.structIterator()) {
    const given = value[name];
    if (given !== undefined && given !== null) structure[name] = read(member, given, dialect);
  }
  return structure;
}

function readSimple(ns: NormalizedSchema, value: unknown, dialect: Dialect): unknown {
  if (ns.isStringSchema()) {
    if (typeof value !== "string") throw mismatch(value, "String");
  } else if (ns.isNumericSchema()) {
    if (typeof value !== "number") throw mismatch(value, "Number");
  } else if (ns.isBooleanSchema()) {
    if (typeof value !== "boolean") throw mismatch(value, "Boolean");
  } else if (ns.isBlobSchema()) {
    const blob = dialect.blobFromWire(value);
    if (!blob) throw mismatch(value, "Blob");
    return blob;
  } else if (ns.isTimestampSchema()) {
    const date = dialect.timestampFromWire(value);
    if (!date) throw mismatch(value, "Date");
    return date;
  }
  return value;
}

function write(ns: NormalizedSchema, value: unknown, dialect: Dialect): unknown {
  if (value === undefined || value === null) return undefined;
  if (ns.isStructSchema()) {
    const structure: Record<string, unknown> = {};
    for (const [name, member] of ns.structIterator()) {
      const given = (value as Record<string, unknown>)[name];
      if (given !== undefined && given !== null) structure[name] = write(member, given, dialect);
    }
    return structure;
  }
  if (ns.isListSchema()) {
    const item = ns.getValueSchema();
    return (value as unknown[]).map((member) => write(item, member, dialect));
  }
  if (ns.isMapSchema()) {
    const item = ns.getValueSchema();
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, write(item, member, dialect)]),
    );
  }
  if (ns.isBlobSchema()) return dialect.blobToWire(value as Uint8Array | Base64);
  if (ns.isTimestampSchema()) return dialect.timestampToWire(value as Date);
  return value;
}

/** AWS's own words name its Java types. UNCONFIRMED: the wording for types that no client sends. */
function mismatch(value: unknown, expected: string): AwsError {
  const given =
    value === null
      ? "null"
      : Array.isArray(value)
        ? "list"
        : typeof value === "object"
          ? "structure"
          : typeof value;
  const message =
    expected === "structure" || expected === "list" || expected === "map"
      ? `Expected a ${expected}, found ${JAVA_TYPES[given] ?? given}`
      : given === "list" || given === "structure"
        ? "Start of structure or map found where not expected."
        : `${JAVA_TYPES[given] ?? given} can not be converted to ${expected === "Blob" ? "a Blob" : JAVA_TARGETS[expected]}`;
  return new AwsError("SerializationException", message);
}

const JAVA_TYPES: Record<string, string> = {
  string: "class java.lang.String",
  number: "class java.lang.Integer",
  boolean: "class java.lang.Boolean",
};
const JAVA_TARGETS: Record<string, string> = {
  String: "a String",
  Number: "an Integer",
  Boolean: "a Boolean",
  Date: "milliseconds since epoch",
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
