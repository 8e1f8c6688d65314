import { BadPattern, type LeafTest } from "./match-types.ts";

const COMPARISONS: ReadonlyMap<unknown, (value: number, bound: number) => boolean> = new Map([
  ["=", (value: number, bound: number) => value === bound],
  ["<", (value: number, bound: number) => value < bound],
  ["<=", (value: number, bound: number) => value <= bound],
  [">", (value: number, bound: number) => value > bound],
  [">=", (value: number, bound: number) => value >= bound],
]);

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-numeric-matching
const LARGEST = 5_000_000_000;

/** `[">", 0, "<=", 5]`: one comparison, or a range with its lower bound first. */
export function numericTest(operand: unknown): LeafTest {
  if (!Array.isArray(operand)) throw new BadPattern("numeric takes a list");
  const isWhole = operand.length === 2 || (operand.length === 4 && isRange(operand));
  if (!isWhole) throw new BadPattern("numeric takes one comparison or a range");
  const tests: ((value: number) => boolean)[] = [];
  for (let at = 0; at < operand.length; at += 2) {
    const compare = COMPARISONS.get(operand[at]);
    const bound: unknown = operand[at + 1];
    if (!compare) throw new BadPattern(`unrecognized numeric operator ${operand[at]}`);
    if (typeof bound !== "number" || Math.abs(bound) > LARGEST) {
      throw new BadPattern("numeric bounds are numbers from -5.0e9 to 5.0e9");
    }
    tests.push((value) => compare(value, bound));
  }
  return (value) => typeof value === "number" && tests.every((holds) => holds(value));
}

function isRange([lower, from, upper, to]: unknown[]): boolean {
  return (
    String(lower).startsWith(">") && String(upper).startsWith("<") && Number(from) < Number(to)
  );
}
