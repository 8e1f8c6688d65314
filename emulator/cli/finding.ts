import { exitCodes } from "./exit-codes.ts";
import type { Output } from "./output.ts";

/** What the doctor found out about one thing. */
export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly found: string;
  /** What to do about it, where something is wrong or missing. */
  readonly remedy?: string;
  /** Only some users need it, or it could not be found out: no reason to fail. */
  readonly optional?: boolean;
}

const CHECK_WIDTH = 16;

/** Prints findings, one line each with its remedy below. @returns 1 when something needed is wrong */
export function report(findings: readonly Finding[], output: Output): number {
  const lines = findings.map(({ check, found, remedy, ...rest }) => {
    const below = remedy ? `\n    ${remedy}` : "";
    return `${mark(rest, output)} ${check.padEnd(CHECK_WIDTH)} ${found}${below}`;
  });
  output.data({ findings }, lines.join("\n"));
  const isWell = findings.every(({ ok, optional }) => ok || optional);
  return isWell ? exitCodes.done : exitCodes.failed;
}

function mark({ ok, optional }: Pick<Finding, "ok" | "optional">, output: Output): string {
  if (ok) return output.style("green", "✔");
  return optional ? output.style("yellow", "–") : output.style("red", "✘");
}
