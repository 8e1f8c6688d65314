import { environmentFor } from "../core/client-settings.ts";
import { version } from "../version.ts";
import type { Wavetank } from "../wavetank.ts";
import { duration, type Output } from "./output.ts";

/** What a person needs once the tank is ready: where it is, what it holds, the line to paste. */
export function banner(
  tank: Wavetank,
  { readyInMs, output }: { readyInMs: number; output: Output },
): string {
  const { style } = output;
  const variables = Object.entries(environmentFor(tank.url, tank.scope.region))
    .filter(([name]) => name !== "AWS_DEFAULT_REGION")
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");
  const holdings = tank.inventory();
  return [
    "",
    `  ${style("bold", "wavetank")} ${version()}   ready in ${duration(readyInMs)}`,
    "",
    `  ➜  Endpoint   ${style("cyan", tank.url)}      AWS_ENDPOINT_URL`,
    ...(holdings ? ["", `  ${holdings}`] : []),
    "",
    `  export ${variables}`,
    "",
  ].join("\n");
}
