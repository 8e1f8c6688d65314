import { NormalizedSchema } from "@smithy/core/schema";
import type { SchemaRef } from "@smithy/types";
import { suggestion } from "./nearest.ts";
import { type Dict, describe, type Node } from "./node.ts";
import type { Report } from "./problem.ts";

/** What a property takes. CloudFormation converts between texts, numbers and booleans; so do we. */
export type Shape =
  | { readonly is: "text" | "number" | "boolean" | "timestamp" | "anything" }
  | { readonly is: "list" | "map"; of(): Shape }
  | Structure;

export interface Structure {
  readonly is: "structure";
  readonly names: readonly string[];
  readonly required: readonly string[];
  member(name: string): Shape;
}

export const text: Shape = { is: "text" };
export const number: Shape = { is: "number" };
export const boolean: Shape = { is: "boolean" };
export const anything: Shape = { is: "anything" };

/** CloudFormation's list of `{Key, Value}`. */
export const tags: Shape = {
  is: "list",
  of: () => structure({ Key: text, Value: text }, ["Key", "Value"]),
};

export function structure(
  members: Readonly<Record<string, Shape>>,
  required: readonly string[] = [],
): Structure {
  return {
    is: "structure",
    names: Object.keys(members),
    required,
    member: (name) => members[name] ?? anything,
  };
}

/** The shape of an SDK schema: nested properties are spelled as AWS's API spells them. */
export function shapeOf(ref: SchemaRef): Shape {
  const schema = NormalizedSchema.of(ref);
  if (schema.isStructSchema()) return structureOf(schema);
  if (schema.isListSchema()) return { is: "list", of: () => shapeOf(schema.getValueSchema()) };
  if (schema.isMapSchema()) return { is: "map", of: () => shapeOf(schema.getValueSchema()) };
  if (schema.isBooleanSchema()) return boolean;
  if (schema.isNumericSchema()) return number;
  if (schema.isTimestampSchema()) return { is: "timestamp" };
  return schema.isStringSchema() ? text : anything;
}

/** The shapes of some members of an SDK structure, to compose a resource's properties of. */
export function membersOf<Name extends string>(
  ref: SchemaRef,
  names: readonly Name[],
): Record<Name, Shape> {
  const schema = NormalizedSchema.of(ref);
  const pairs = names.map((name) => [name, shapeOf(schema.getMemberSchema(name))]);
  return Object.fromEntries(pairs);
}

function structureOf(schema: NormalizedSchema): Structure {
  const names = [...schema.structIterator()].map(([name]) => name);
  const source = schema.getSchema();
  // The published schema lists required members first and then says how many they are.
  const count = Array.isArray(source) && typeof source[6] === "number" ? source[6] : 0;
  return {
    is: "structure",
    names,
    required: names.slice(0, count),
    member: (name) => shapeOf(schema.getMemberSchema(name)),
  };
}

/** What reading a property needs to name a fault. */
export interface Reading {
  readonly report: Report;
  readonly logicalId: string;
  /** `Environment.Variables`. */
  readonly path: string;
}

/** A property's value as the API takes it. Calls that are still open give `undefined`. */
export function read(node: Node, shape: Shape, reading: Reading): unknown {
  if (node.kind === "call") return undefined;
  switch (shape.is) {
    case "list":
      if (node.kind !== "list") return mismatch(node, { reading, wanted: "a list" });
      return node.items.map((item, index) => {
        return read(item, shape.of(), { ...reading, path: `${reading.path}[${index}]` });
      });
    case "map":
      if (node.kind !== "map") return mismatch(node, { reading, wanted: "a map" });
      return readMap(node, { reading, member: () => shape.of() });
    case "structure":
      if (node.kind !== "map") return mismatch(node, { reading, wanted: "a map" });
      return readStructure(node, shape, reading);
    case "anything":
      return plain(node);
    default:
      return readScalar(node, shape.is, reading);
  }
}

/** A node as plain JSON. */
export function plain(node: Node): unknown {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map(plain);
  if (node.kind === "call") return undefined;
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plain(value)]));
}

function readMap(
  node: Dict,
  { reading, member }: { reading: Reading; member: (key: string) => Shape },
): Record<string, unknown> {
  const pairs = [...node.entries].map(([key, { value }]) => {
    const path = `${reading.path}.${key}`;
    return [key, read(value, member(key), { ...reading, path })];
  });
  return Object.fromEntries(pairs);
}

function readStructure(node: Dict, shape: Structure, reading: Reading): Record<string, unknown> {
  const { report, logicalId, path } = reading;
  const entries = new Map(node.entries);
  for (const [key, { at }] of node.entries) {
    if (shape.names.includes(key)) continue;
    const hint = suggestion(key, { among: shape.names, noun: `properties of ${path}` });
    report.unknown({ at, logicalId, text: `unknown property "${key}" of ${path}.`, hint });
    entries.delete(key);
  }
  for (const name of shape.required) {
    if (node.entries.has(name)) continue;
    const hint = `Write ${name} below ${path}.`;
    report.fault({ at: node.at, logicalId, text: `${path} needs ${name}.`, hint });
  }
  return readMap({ ...node, entries }, { reading, member: (key) => shape.member(key) });
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["false", false],
]);

function readScalar(
  node: Node,
  is: "text" | "number" | "boolean" | "timestamp",
  reading: Reading,
): unknown {
  if (node.kind !== "scalar") {
    const wanted = is === "boolean" ? "true or false" : `a ${is}`;
    return mismatch(node, { reading, wanted });
  }
  if (is === "text") return node.text;
  if (is === "boolean") {
    return (
      BOOLEANS.get(node.text.toLowerCase()) ?? mismatch(node, { reading, wanted: "true or false" })
    );
  }
  const value = node.text.trim() === "" ? Number.NaN : Number(node.text);
  if (is === "number")
    return Number.isNaN(value) ? mismatch(node, { reading, wanted: "a number" }) : value;
  const date = Number.isNaN(value) ? new Date(node.text) : new Date(value * 1000);
  if (!Number.isNaN(date.getTime())) return date;
  return mismatch(node, { reading, wanted: "a time: seconds since 1970, or ISO 8601" });
}

function mismatch(
  node: Node,
  { reading, wanted }: { reading: Reading; wanted: string },
): undefined {
  reading.report.fault({
    at: node.at,
    logicalId: reading.logicalId,
    text: `${reading.path} must be ${wanted}, not ${describe(node)}.`,
    hint: `Give ${wanted}.`,
  });
}
