import { arn } from "../../../core/arn.ts";
import type { Scope } from "../../../core/service.ts";
import { LogStream } from "./log-stream.ts";

const DAY_MS = 86_400_000;

/** A group of streams that share their retention. */
export class LogGroup {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly streams = new Map<string, LogStream>();
  /** For ever when absent. */
  retentionDays: number | undefined;
  #sequence = 0;

  constructor(name: string, { scope, createdAt }: { scope: Scope; createdAt: number }) {
    this.name = name;
    this.arn = arn("logs", scope, `log-group:${name}`);
    this.createdAt = createdAt;
  }

  /** A new stream, or the one that is there. */
  stream(name: string, now: number): LogStream {
    let stream = this.streams.get(name);
    if (!stream) {
      stream = new LogStream({ name, arn: `${this.arn}:log-stream:${name}`, createdAt: now });
      this.streams.set(name, stream);
    }
    return stream;
  }

  append(stream: LogStream, event: { at: number; message: string; now: number }): void {
    const { at, message, now } = event;
    this.#sequence += 1;
    stream.add({ at, message, ingestedAt: now, sequence: this.#sequence });
  }

  /** Drops what retention no longer keeps. */
  trim(now: number): void {
    if (this.retentionDays === undefined) return;
    const before = now - this.retentionDays * DAY_MS;
    for (const stream of this.streams.values()) stream.trim(before);
  }
}
