import type { Played } from "../pipelines/play.ts";
import { duration, type Output } from "./output.ts";

/** So much of an input, and of an answer, stands in a line; all of it in JSON mode. */
const MAX_SHOWN = 140;

/** One sample and its answer, in a line for people. */
export function playedLine(
  { pipeline, input, prediction, latencyMs }: Played,
  output: Output,
): string {
  const took = output.style("dim", duration(latencyMs));
  return `  ${output.style("cyan", pipeline)}  ${shown(input)}  →  ${shown(prediction)}  ${took}`;
}

/** How an input or an answer stands in a line: its JSON; of an HTTP request or answer only what it says. */
export function shown(value: unknown): string {
  const { statusCode, body, pathParameters } = isObject(value) ? value : {};
  const said = body ?? pathParameters ?? value;
  const text = typeof said === "string" ? said : JSON.stringify(said);
  const whole = statusCode === undefined ? text : `${statusCode} ${text}`;
  return whole.length > MAX_SHOWN ? `${whole.slice(0, MAX_SHOWN)}…` : whole;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
