import { BadPattern, type Leaf, type LeafTest, leafTest } from "./match-types.ts";

/** Decides about an event, or about a part of one. */
export type Pattern = (event: unknown) => boolean;

/**
 * EventBridge's pattern language: an object names fields, each with the list of what it may be or with an
 * object for the fields below it; all fields must match, and of `$or` one pattern.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 * @throws BadPattern
 */
export function compilePattern(pattern: unknown): Pattern {
  if (!isObject(pattern)) throw new BadPattern("a pattern is an object");
  const fields = Object.entries(pattern);
  if (fields.length === 0) throw new BadPattern("a pattern must not be empty");
  const tests = fields.map(([name, expected]) =>
    name === "$or" && isAlternatives(expected) ? anyOf(expected) : field(name, expected),
  );
  return (event) => tests.every((holds) => holds(event));
}

function field(name: string, expected: unknown): Pattern {
  if (Array.isArray(expected)) {
    if (expected.length === 0) throw new BadPattern(`${name} must not be empty`);
    const tests = expected.map(leafTest);
    return (event) => hasMatch(leavesAt(event, name), tests);
  }
  const below = compilePattern(expected);
  return (event) => partsAt(event, name).some(below);
}

/** Where there is no value, only the test for its absence may hold. */
function hasMatch(values: readonly Leaf[], tests: readonly LeafTest[]): boolean {
  const found = values.length === 0 ? [undefined] : values;
  return tests.some((test) => found.some(test));
}

function anyOf(alternatives: readonly unknown[]): Pattern {
  const patterns = alternatives.map(compilePattern);
  return (event) => patterns.some((matches) => matches(event));
}

/** A field may be called `$or`: it is one where its list is not of patterns. */
function isAlternatives(expected: unknown): expected is unknown[] {
  return Array.isArray(expected) && expected.length > 1 && expected.every(isObject);
}

/** The values of a field; those of a list each for itself, and none where objects are below. */
function leavesAt(event: unknown, name: string): Leaf[] {
  return flat(memberOf(event, name)).filter((value): value is Leaf => !isObject(value));
}

/** What a pattern for the fields below is asked about; nothing, too, since it may ask for absence. */
function partsAt(event: unknown, name: string): unknown[] {
  const parts = flat(memberOf(event, name));
  return parts.length === 0 ? [undefined] : parts;
}

function flat(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value.flatMap(flat) : [value];
}

function memberOf(event: unknown, name: string): unknown {
  return isObject(event) && Object.hasOwn(event, name) ? event[name] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
