import { NormalizedSchema } from "@smithy/core/schema";
import type { SchemaRef, StaticOperationSchema } from "@smithy/types";
import fc, { type Arbitrary } from "fast-check";

type Values = Record<string, unknown>;

export interface ShapeOptions {
  /** Milliseconds between the timestamps that the format can tell apart. */
  readonly timestampStepMs?: number;
  /** What a text in a document may be. */
  readonly text?: Arbitrary<string>;
}

/** Anything that AWS's published schema lets a value be: the input for round trips through a codec. */
export function shape(schema: SchemaRef, options: ShapeOptions = {}): Arbitrary<Values> {
  const ns = NormalizedSchema.of(schema);
  // Operations without input or output have the unit type.
  return ns.isStructSchema() ? structureOf(ns, options, 0) : fc.constant({});
}

/** The SDK's code for timestamps that are written like a Date header, in whole seconds. */
const HTTP_DATE = 6;

const visible = fc.string({ unit: fc.constantFrom(..."abcXYZ019-_.:/?&=%+ é"), maxLength: 12 });
/** What survives in a path, a query and a header alike. */
const token = visible.map((text) => `a${text.replace("é", "e").trim()}`);

function anyOf(ns: NormalizedSchema, options: ShapeOptions, depth: number): Arbitrary<unknown> {
  if (ns.isStructSchema()) return structureOf(ns, options, depth);
  if (ns.isListSchema()) {
    const item = anyOf(ns.getValueSchema(), options, depth + 1);
    return fc.array(item, { minLength: 1, maxLength: depth > 3 ? 1 : 2 });
  }
  if (ns.isMapSchema()) {
    const key = options.text ? token : fc.string({ minLength: 1, maxLength: 8 });
    return fc.dictionary(key, anyOf(ns.getValueSchema(), options, depth + 1), { maxKeys: 2 });
  }
  if (ns.isBooleanSchema()) return fc.boolean();
  if (ns.isNumericSchema()) return fc.integer();
  if (ns.isTimestampSchema()) {
    return timestamp(ns.getSchema() === HTTP_DATE ? 1_000 : (options.timestampStepMs ?? 1));
  }
  if (ns.isBlobSchema()) return fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes));
  return options.text ?? fc.string({ unit: "binary", maxLength: 12 });
}

function structureOf(
  ns: NormalizedSchema,
  options: ShapeOptions,
  depth: number,
): Arbitrary<Values> {
  const members: Record<string, Arbitrary<unknown>> = {};
  const required = requiredOf(ns);
  for (const [name, member] of ns.structIterator()) {
    if (depth > 5 && !required.includes(name)) continue;
    const traits = member.getMergedTraits();
    if (traits.httpResponseCode) {
      members[name] = fc.constantFrom(200, 201, 202);
      required.push(name);
    } else if (traits.httpLabel || traits.httpQuery || traits.httpHeader) {
      members[name] = boundOf(member, options);
      if (traits.httpLabel) required.push(name);
    } else if (traits.httpPrefixHeaders !== undefined) {
      members[name] = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), token, {
        minKeys: 1,
        maxKeys: 2,
      });
    } else {
      // An absent payload and an empty one look alike on the wire.
      if (traits.httpPayload || traits.idempotencyToken) required.push(name);
      members[name] =
        traits.httpPayload && member.isBlobSchema()
          ? fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => Buffer.from(bytes))
          : anyOf(member, options, depth + 1);
    }
  }
  return fc.record(members, { requiredKeys: required });
}

/** The published schema lists required members first and then says how many they are. */
function requiredOf(ns: NormalizedSchema): string[] {
  const schema = ns.getSchema() as readonly unknown[];
  return (schema[4] as string[]).slice(0, Number(schema[6] ?? 0));
}

/** Outside the body there is text only, and headers and dates know no milliseconds. */
function boundOf(ns: NormalizedSchema, options: ShapeOptions): Arbitrary<unknown> {
  if (ns.isTimestampSchema()) return timestamp(1_000);
  if (ns.isListSchema()) return fc.array(token, { minLength: 1, maxLength: 3 });
  if (ns.isStringSchema()) return token;
  return anyOf(ns, options, 1);
}

function timestamp(stepMs: number): Arbitrary<Date> {
  const max = Math.floor(Date.UTC(2100, 0) / stepMs);
  return fc.integer({ min: 0, max }).map((steps) => new Date(steps * stepMs));
}

/** A value as plain data: whatever kind of bytes an SDK made of a blob, and nothing that is absent. */
export function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return `bytes:${Buffer.from(value).toString("hex")}`;
  if (value instanceof Date) return `date:${value.toISOString()}`;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, plain(member)]));
}

/** An operation of a published model and the command by which AWS's own client sends it. */
export interface Published {
  readonly name: string;
  readonly schema: OperationSchema;
  readonly Command: new (input: object) => never;
}

/** The operations of a published model that take and give whole documents. */
export function documentOperations(model: object): Published[] {
  const exported = new Map<string, unknown>(Object.entries(model));
  return [...exported.values()]
    .filter((schema): schema is OperationSchema => Array.isArray(schema) && schema[0] === 9)
    .filter((schema) => !streams(schema[4]) && !streams(schema[5]))
    .map((schema) => {
      const Command = exported.get(`${schema[2]}Command`) as Published["Command"];
      return { name: schema[2], schema, Command };
    });
}

export type OperationSchema = StaticOperationSchema & readonly [9, string, string, ...unknown[]];

function streams(schema: SchemaRef): boolean {
  const ns = NormalizedSchema.of(schema);
  return ns.isStructSchema() && [...ns.structIterator()].some(([, member]) => member.isStreaming());
}
