import type { Scope } from "./service.ts";

/** One log event, as a service of the tank writes it. */
export interface LogEntry {
  /** "/aws/lambda/score" */
  readonly group: string;
  readonly stream: string;
  /** Epoch ms. */
  readonly at: number;
  readonly message: string;
  /** Whose log it is. */
  readonly scope: Scope;
}

/** Who keeps logs: CloudWatch Logs, where there is one. */
export interface LogSink {
  append(entry: LogEntry): void;
}
