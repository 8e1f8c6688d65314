/** One step of a path: the members that it picks, or all of them. */
type Step =
  | { readonly names: readonly string[] }
  | { readonly indices: readonly number[] }
  | { readonly from: number | undefined; readonly to: number | undefined }
  | "all";

/** Picks a part of a value; `undefined` where there is none. */
export type JsonPath = (value: unknown) => unknown;

/**
 * The subset of JSONPath that batch transforms take: `$`, `.name`, `.*`, `['a','b']`, `[0,-1]`, `[1:3]`.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform-data-processing.html
 *
 * @returns `undefined` for a path that is none of these
 */
export function jsonPath(path: string): JsonPath | undefined {
  if (!path.startsWith("$")) return undefined;
  const steps: Step[] = [];
  let rest = path.slice(1);
  while (rest !== "") {
    const [text, name, inner] = /^(?:\.([\w-]+|\*)|\[([^\]]*)\])/.exec(rest) ?? [];
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
  const slice = /^\s*(-?\d+)?\s*:\s*(-?\d+)?\s*$/.exec(inner);
  if (slice) return { from: numberOf(slice[1]), to: numberOf(slice[2]) };
  const parts = inner.split(",").map((part) => part.trim());
  if (parts.every((part) => /^-?\d+$/.test(part))) return { indices: parts.map(Number) };
  const names = parts.map((part) => /^'([^']*)'$|^"([^"]*)"$/.exec(part));
  if (names.some((name) => name === null)) return undefined;
  return { names: names.map((name) => name?.[1] ?? name?.[2] ?? "") };
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function picked(value: unknown, step: Step): unknown {
  if (step === "all") {
    return typeof value === "object" && value !== null ? Object.values(value) : undefined;
  }
  if ("names" in step) return membersOf(value, step.names);
  if (!Array.isArray(value)) return undefined;
  if (!("indices" in step)) return value.slice(step.from, step.to);
  const items = step.indices.map((index) => value.at(index));
  return items.length === 1 ? items[0] : items.filter((item) => item !== undefined);
}

/** One member is a value by itself; several stay an object. */
function membersOf(value: unknown, names: readonly string[]): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const members = value as Readonly<Record<string, unknown>>;
  const [only] = names;
  if (names.length === 1 && only !== undefined) return members[only];
  return Object.fromEntries(
    names.filter((name) => name in members).map((name) => [name, members[name]]),
  );
}
