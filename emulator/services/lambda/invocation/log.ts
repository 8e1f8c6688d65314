import type { TankContext } from "../../../core/context.ts";
import type { LambdaFunction } from "../model/function.ts";
import type { LogEvent } from "../model/function-log.ts";

/** Writes to a function's log: its own last events, and its group where logs are kept. */
export function writeLog(
  { logs }: Pick<TankContext, "logs">,
  fn: LambdaFunction,
  event: LogEvent,
): void {
  fn.log.add(event);
  if (!logs) return;
  const { at, stream, message } = event;
  logs.append({ group: fn.settings.logGroup, stream, at, message, scope: fn.scope });
}
