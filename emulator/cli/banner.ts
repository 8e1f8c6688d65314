import { environmentFor } from "../core/client-settings.ts";
import { version } from "../version.ts";
import type { Wavetank } from "../wavetank.ts";
import { duration, type Output } from "./output.ts";

/** A page or an API of a stack, as the tank serves it. */
export interface Address {
  readonly stack: string;
  /** Of the template's output. */
  readonly name: string;
  readonly url: string;
}

/** What a person needs once the tank is ready: where it is, what it holds, the line to paste. */
export function banner(
  tank: Wavetank,
  {
    readyInMs,
    addresses,
    output,
  }: { readyInMs: number; addresses: readonly Address[]; output: Output },
): string {
  const { style } = output;
  const variables = Object.entries(environmentFor(tank.url, tank.scope.region))
    .filter(([name]) => name !== "AWS_DEFAULT_REGION")
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");
  const holdings = tank.inventory();
  const tankItself = { stack: "AWS_ENDPOINT_URL", name: "Endpoint", url: tank.url };
  const served = [tankItself, ...addresses];
  const width = Math.max(10, ...served.map(({ name }) => name.length));
  const lines = served.map(({ stack, name, url }) => {
    return `  ➜  ${name.padEnd(width)} ${style("cyan", url)}      ${stack}`;
  });
  return [
    "",
    `  ${style("bold", "wavetank")} ${version()}   ready in ${duration(readyInMs)}`,
    "",
    ...lines,
    ...(holdings ? ["", `  ${holdings}`] : []),
    "",
    `  export ${variables}`,
    "",
  ].join("\n");
}
