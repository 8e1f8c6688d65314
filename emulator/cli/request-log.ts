import type { RequestServed, TankEvent } from "../core/events.ts";
import { clockTime, duration, type Output } from "./output.ts";

export type LogFormat = "text" | "json" | "quiet";

/**
 * A line per event: what was asked, how it was answered, the fact that matters at the end.
 * `quiet` keeps warnings, failures and what the user's own functions print.
 */
export function requestLog(output: Output, format: LogFormat): (event: TankEvent) => void {
  if (format === "json") {
    return (event) =>
      output.note(JSON.stringify({ ...event, at: new Date(event.at).toISOString() }));
  }
  return (event) => {
    if (format === "quiet" && !isImportant(event)) return;
    const text = describe(event, output);
    if (text !== undefined) output.note(text);
  };
}

function isImportant(event: TankEvent): boolean {
  switch (event.type) {
    case "warning":
    case "print":
      return true;
    case "request":
      return event.status >= 400;
    case "invocation":
      return event.outcome !== "ok";
    case "resource":
      return event.state === "Failed";
  }
}

function describe(event: TankEvent, output: Output): string | undefined {
  const time = output.style("dim", clockTime(event.at));
  switch (event.type) {
    case "request": {
      const { service, operation, durationMs, detail } = event;
      const columns = [service.padEnd(17), operation.padEnd(22), statusOf(event, output)];
      return [time, ...columns, took(durationMs), detail].join("  ").trimEnd();
    }
    case "invocation": {
      const { functionName, outcome, durationMs, detail } = event;
      const style = outcome === "ok" ? "green" : "red";
      const columns = [
        "lambda".padEnd(17),
        functionName.padEnd(22),
        output.style(style, outcome.padEnd(7)),
      ];
      return [time, ...columns, took(durationMs), detail].join("  ").trimEnd();
    }
    case "print":
      return `${" ".repeat(14)}${output.style("dim", `${event.functionName} │`)} ${event.line}`;
    case "resource":
      return undefined;
    case "warning":
      return `${time}  ${output.style("yellow", "warning")}  ${event.message}`;
  }
}

function took(ms: number): string {
  return duration(ms).padStart(7);
}

function statusOf({ status }: RequestServed, output: Output): string {
  const style = status < 400 ? "green" : status < 500 ? "yellow" : "red";
  return output.style(style, String(status).padEnd(7));
}
