import { numericTest } from "./numeric.ts";

/** What an event may hold in one place: anything that JSON has but objects and arrays. */
export type Leaf = string | number | boolean | null;

/** Decides about one value of an event; `undefined` stands for a field that is not there. */
export type LeafTest = (value: Leaf | undefined) => boolean;

/** A pattern that AWS would not take. */
export class BadPattern extends Error {
  override readonly name = "BadPattern";
}

/**
 * What one member of a pattern's list asks of a value.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 * @throws BadPattern
 */
export function leafTest(expected: unknown): LeafTest {
  if (isLeaf(expected)) return (value) => value === expected;
  const [name, operand] = onlyEntry(expected);
  const build = MATCH_TYPES.get(name);
  if (!build) throw new BadPattern(`unrecognized match type ${name}`);
  return build(operand);
}

const MATCH_TYPES: ReadonlyMap<string, (operand: unknown) => LeafTest> = new Map([
  ["prefix", affix((text, part) => text.startsWith(part))],
  ["suffix", affix((text, part) => text.endsWith(part))],
  ["equals-ignore-case", (operand) => equalsIgnoringCase(textOf(operand))],
  ["wildcard", (operand) => wildcard(textOf(operand))],
  ["numeric", numericTest],
  ["exists", exists],
  ["anything-but", anythingBut],
]);

/** Match types that anything-but takes, besides plain values. */
const NEGATABLE = ["prefix", "suffix", "equals-ignore-case", "wildcard"];

/** `"x"` as it is written, or `{"equals-ignore-case": "x"}`. */
function affix(holds: (text: string, part: string) => boolean) {
  return (operand: unknown): LeafTest => {
    if (typeof operand === "string") {
      return (value) => typeof value === "string" && holds(value, operand);
    }
    const [name, part] = onlyEntry(operand);
    if (name !== "equals-ignore-case") throw new BadPattern(`unrecognized match type ${name}`);
    const folded = textOf(part).toLowerCase();
    return (value) => typeof value === "string" && holds(value.toLowerCase(), folded);
  };
}

function equalsIgnoringCase(text: string): LeafTest {
  const folded = text.toLowerCase();
  return (value) => typeof value === "string" && value.toLowerCase() === folded;
}

/** `*` stands for any characters, none included; a backslash takes the meaning from it and from itself. */
function wildcard(pattern: string): LeafTest {
  if (/\*\*/.test(pattern)) throw new BadPattern("consecutive wildcard characters");
  const parts = [...pattern.matchAll(/\\([*\\])|(\*)|(.)/gsu)].map(([, escaped, star, plain]) =>
    star ? ".*" : quoted(escaped ?? plain ?? ""),
  );
  const whole = new RegExp(`^${parts.join("")}$`, "su");
  return (value) => typeof value === "string" && whole.test(value);
}

function exists(operand: unknown): LeafTest {
  if (typeof operand !== "boolean") throw new BadPattern("exists must be true or false");
  return (value) => (value !== undefined) === operand;
}

/** Anything but is no match where there is nothing. */
function anythingBut(operand: unknown): LeafTest {
  const excluded = isLeaf(operand) || Array.isArray(operand) ? plain(operand) : negated(operand);
  return (value) => value !== undefined && !excluded.some((test) => test(value));
}

function plain(operand: Leaf | unknown[]): LeafTest[] {
  const values = Array.isArray(operand) ? operand : [operand];
  if (values.length === 0) throw new BadPattern("anything-but must not be empty");
  for (const value of values) {
    if (!isLeaf(value)) throw new BadPattern("anything-but takes strings and numbers");
  }
  return values.map(leafTest);
}

/** `{"prefix": "x"}` or `{"prefix": ["x", "y"]}`. */
function negated(operand: unknown): LeafTest[] {
  const [name, given] = onlyEntry(operand);
  if (!NEGATABLE.includes(name)) throw new BadPattern(`unrecognized match type ${name}`);
  const values = Array.isArray(given) ? given : [given];
  if (values.length === 0) throw new BadPattern(`${name} must not be empty`);
  return values.map((value) => leafTest({ [name]: value }));
}

function onlyEntry(value: unknown): [name: string, operand: unknown] {
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  const [entry] = entries;
  if (Array.isArray(value) || !entry || entries.length > 1) {
    throw new BadPattern("a match type is an object of one key");
  }
  return entry;
}

function textOf(value: unknown): string {
  if (typeof value !== "string") throw new BadPattern("must be a string");
  return value;
}

function isLeaf(value: unknown): value is Leaf {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

function quoted(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
