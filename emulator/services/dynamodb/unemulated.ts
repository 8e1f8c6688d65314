import { parameterNotEmulated } from "./errors.ts";
import type { Json } from "./performing.ts";

/** Members that dynalite does not know and that change nothing on a laptop; Tags are set after the creation. */
const KEPT = new Set([
  "OnDemandThroughput",
  "ResourcePolicy",
  "SSESpecification",
  "TableClass",
  "Tags",
  "WarmThroughput",
]);

/** Refuses by name what dynalite would leave out without a word. */
export function refuseUnemulated(input: Json, known: ReadonlySet<string>): void {
  for (const [name, value] of Object.entries(input)) {
    if (!known.has(name) && !KEPT.has(name) && asksForSomething(value)) {
      throw parameterNotEmulated(name);
    }
  }
}

function asksForSomething(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === "NONE") return false;
  return !(typeof value === "object" && "StreamEnabled" in value && value.StreamEnabled === false);
}
