import type { Change, PropertyChange } from "../template/changes.ts";
import type { Output, Style } from "./output.ts";

const MARKS: Readonly<Record<Change["action"], { mark: string; style: Style }>> = {
  added: { mark: "+", style: "green" },
  changed: { mark: "~", style: "yellow" },
  replaced: { mark: "±", style: "red" },
  removed: { mark: "-", style: "red" },
};
/** A longer value is cut: a person looks for what changed, not for all of it. */
const MAX_VALUE_CHARACTERS = 60;

/** What a deploy does, one line per resource and, below it, one per property that differs. */
export function changesText(changes: readonly Change[], output: Pick<Output, "style">): string {
  return changes
    .flatMap(({ logicalId, type, action, properties }) => {
      const { mark, style } = MARKS[action];
      const line = `  ${output.style(style, `${mark} ${action.padEnd(8)}`)} ${logicalId}  ${output.style("dim", type)}`;
      return [line, ...properties.map((property) => `      ${propertyText(property)}`)];
    })
    .join("\n");
}

function propertyText({ name, before, after }: PropertyChange): string {
  if (before === undefined && after === undefined) return name;
  const start = firstDifference(before ?? "", after ?? "");
  const next = after === null ? "known after the deploy" : shown(after, start);
  return `${name}: ${shown(before, after === null ? 0 : start)} → ${next}`;
}

/** A value, from shortly before the place at which it differs. */
function shown(value: string | undefined, difference: number): string {
  if (value === undefined) return "none";
  if (value.length <= MAX_VALUE_CHARACTERS) return value;
  const start = Math.max(0, difference - MAX_VALUE_CHARACTERS / 2);
  const end = start + MAX_VALUE_CHARACTERS;
  return `${start > 0 ? "…" : ""}${value.slice(start, end)}${end < value.length ? "…" : ""}`;
}

function firstDifference(one: string, other: string): number {
  let index = 0;
  while (index < one.length && one[index] === other[index]) index += 1;
  return index;
}
