import { LOG_TAIL_BYTES } from "../limits.ts";

/** One log event of a function; a traceback is one event of several lines. */
export interface LogEvent {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The execution environment's log stream. */
  readonly stream: string;
  /** As CloudWatch Logs would keep it, with its final newline. */
  readonly message: string;
}

/** A function's last log events, oldest first. */
export class FunctionLog {
  readonly #capacity: number;
  #events: LogEvent[] = [];

  constructor(capacity = 1_000) {
    this.#capacity = capacity;
  }

  add(event: LogEvent): void {
    this.#events.push(event);
    // Cut seldom and by half, so that adding stays cheap.
    if (this.#events.length >= 2 * this.#capacity)
      this.#events = this.#events.slice(-this.#capacity);
  }

  /** At most the log's capacity of events. */
  events(): readonly LogEvent[] {
    return this.#events.slice(-this.#capacity);
  }
}

/** What `X-Amz-Log-Result` carries: the last 4 KB of an invocation's log. */
export function logTail(messages: readonly string[]): string {
  let tail = "";
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    tail = `${messages[index]}${tail}`;
    if (tail.length >= LOG_TAIL_BYTES) break;
  }
  const bytes = Buffer.from(tail);
  if (bytes.length <= LOG_TAIL_BYTES) return tail;
  // A character that the cut went through is left out whole.
  let start = bytes.length - LOG_TAIL_BYTES;
  while (((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1;
  return bytes.subarray(start).toString();
}
