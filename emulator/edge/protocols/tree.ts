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
  timestampToWire(value: Date, schema: NormalizedSchema): unknown;
  /** A member's name on the wire, where that is not its own. */
  wireName?(member: NormalizedSchema): string | undefined;
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
    const given = value[dialect.wireName?.(member) ?? name];
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
      if (given === undefined || given === null) continue;
      structure[dialect.wireName?.(member) ?? name] = write(member, given, dialect);
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
  if (ns.isTimestampSchema()) return dialect.timestampToWire(value as Date, ns);
  return value;
}

/**
 * In AWS's own words, which name its Java types: as kinesalite recorded them from Kinesis.
 * UNCONFIRMED: timestamps, and null as the value of a map's entry.
 */
function mismatch(value: unknown, expected: Expected): AwsError {
  return new AwsError("SerializationException", wording(value, expected));
}

type Expected = "structure" | "list" | "map" | keyof typeof JAVA_TARGETS;

function wording(value: unknown, expected: Expected): string {
  if (Array.isArray(value)) return "Start of list found where not expected";
  if (isObject(value)) return "Start of structure or map found where not expected.";
  if (expected === "structure") return "Expected null";
  if (expected === "list" || expected === "map") return `Expected ${expected} or null`;
  const target = JAVA_TARGETS[expected];
  if (typeof value !== "string") {
    return `${JAVA_TYPES[typeof value] ?? "null"} can not be converted to ${target}`;
  }
  if (expected === "Boolean") return `'${value.toUpperCase()}' can not be converted to ${target}`;
  if (expected === "Blob") return `'${value}' can not be converted to ${target}: ${flaw(value)}`;
  return `class java.lang.String can not be converted to ${target}`;
}

/** Why text is not base64. */
function flaw(text: string): string {
  if (text.length % 4 !== 0) {
    return `Base64 encoded length is expected a multiple of 4 bytes but found: ${text.length}`;
  }
  const foreign = /[^A-Za-z0-9+/=]|=(?=[^=])/.exec(text);
  return foreign
    ? `Invalid Base64 character: '${foreign[0]}'`
    : "Invalid last non-pad Base64 character dectected";
}

const JAVA_TYPES: Readonly<Record<string, string>> = {
  number: "class java.math.BigDecimal",
  boolean: "class java.lang.Boolean",
};
const JAVA_TARGETS = {
  String: "an String",
  Number: "an Integer",
  Boolean: "an Boolean",
  Blob: "a Blob",
  Date: "milliseconds since epoch",
} as const;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
