import type { TankContext } from "../../../core/context.ts";
import type { LambdaFunction } from "../model/function.ts";

/** Writes an event to a function's log group, where logs are kept: a traceback is one event of several lines. */
export function writeLog(
  { logs }: Pick<TankContext, "logs">,
  fn: LambdaFunction,
  { at, stream, message }: { at: number; stream: string; message: string },
): void {
  logs?.append({ group: fn.settings.logGroup, stream, at, message, scope: fn.scope });
}
