/** Items of a list: one of them, or those from here to there. */
type Range =
  | { readonly index: number }
  | { readonly from: number | undefined; readonly to: number | undefined };

/** One step of a path: the members or items that it picks, or all of them. */
type Step = { readonly names: readonly string[] } | { readonly ranges: readonly Range[] } | "all";

/** Picks a part of a value. @throws Error for what the value has not */
export type JsonPath = (value: unknown) => unknown;

/**
 * The subset of JSONPath that batch transforms take: `$`, `.name`, `.*`, `['a','b']`, `[0,-1]`, `[1:3]`, `[0,5:]`.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform-data-processing.html
 *
 * @returns `undefined` for a path that is none of these
 */
export function jsonPath(path: string): JsonPath | undefined {
  if (!path.startsWith("$")) return undefined;
  const steps: Step[] = [];
  let rest = path.slice(1);
  while (rest !== "") {
    // AWS's page writes $.field1.['child1','child2'], with a point.
    const [text, name, inner] = /^(?:\.([\w-]+|\*)|\.?\[([^\]]*)\])/.exec(rest) ?? [];
    const step = name === undefined ? bracketed(inner) : name === "*" ? "all" : { names: [name] };
    if (text === undefined || step === undefined) return undefined;
    steps.push(step);
    rest = rest.slice(text.length);
  }
  return (value) => steps.reduce(picked, value);
}

function bracketed(inner: string | undefined): Step | undefined {
  if (inner === undefined) return undefined;
  if (inner.trim() === "*") return "all";
  const parts = inner.split(",").map((part) => part.trim());
  const ranges = parts.map(rangeOf);
  if (ranges.every((range) => range !== undefined)) return { ranges };
  const names = parts.map((part) => /^'([^']*)'$|^"([^"]*)"$/.exec(part));
  if (names.some((name) => name === null)) return undefined;
  return { names: names.map((name) => name?.[1] ?? name?.[2] ?? "") };
}

function rangeOf(text: string): Range | undefined {
  if (/^-?\d+$/.test(text)) return { index: Number(text) };
  const [whole, from, to] = /^(-?\d+)?\s*:\s*(-?\d+)?$/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  return { from: numberOf(from), to: numberOf(to) };
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function picked(value: unknown, step: Step): unknown {
  if (step === "all") {
    if (typeof value === "object" && value !== null) return Object.values(value);
    throw new Error(
      "* stands for the members of an object or the items of a list; there is neither",
    );
  }
  return "names" in step ? membersOf(value, step.names) : itemsOf(value, step.ranges);
}

/** One item is a value by itself; several, and a slice, stay a list. */
function itemsOf(value: unknown, ranges: readonly Range[]): unknown {
  if (!Array.isArray(value)) throw new Error("an index or slice needs a list, and there is none");
  const items = ranges.flatMap((range) => {
    // UNCONFIRMED: that a slice ends before its end, as in the JSONPath that AWS's page refers to and as AWS's
    // examples for AutoGluon count; the page itself says that its last column is included.
    if (!("index" in range)) return value.slice(range.from, range.to) as unknown[];
    const { index } = range;
    if (index < value.length && index >= -value.length) return [value.at(index) as unknown];
    throw new Error(`there is no index ${index}: the record has ${value.length} columns or items`);
  });
  const [first] = ranges;
  return ranges.length === 1 && first && "index" in first ? items[0] : items;
}

/** One member is a value by itself; several stay an object. */
function membersOf(value: unknown, names: readonly string[]): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error(`there is no member ${names.join(", ")}: a CSV row has only columns, $[0]`);
  }
  const members = value as Readonly<Record<string, unknown>>;
  const absent = names.find((name) => !Object.hasOwn(members, name));
  if (absent !== undefined) throw new Error(`there is no member ${absent}`);
  const [only] = names;
  if (names.length === 1 && only !== undefined) return members[only];
  return Object.fromEntries(names.map((name) => [name, members[name]]));
}
