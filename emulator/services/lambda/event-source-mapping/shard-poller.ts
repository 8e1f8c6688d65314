import type { Clock } from "../../../core/clock.ts";
import { messageOf } from "../../../core/errors.ts";
import { BatchBuffer } from "./batch-buffer.ts";
import type { GivenUp } from "./failure-record.ts";
import { readReport } from "./partial-failures.ts";
import type { FunctionAnswer, ShardReader, StreamRecord } from "./record-source.ts";
import { type Attempt, backOffMs, judge, type Outcome, tooOld } from "./retry.ts";
import type { MappingSettings } from "./settings.ts";

// https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html (once a second per shard)
const POLL_MS = 1_000;

/** What a poller needs of its mapping. */
export interface PollerContext {
  readonly settings: MappingSettings;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  invoke(records: readonly StreamRecord[]): Promise<FunctionAnswer | "too large">;
  /** Everything up to this record is done. */
  checkpoint(sequenceNumber: string): void;
  result(text: string): void;
  giveUp(batch: GivenUp): Promise<void>;
  warn(message: string): void;
}

/**
 * Reads one shard and delivers its records to the function, in order and at least once. A batch that fails
 * holds the shard until it succeeds, is given up, or grows too old.
 */
export class ShardPoller {
  readonly #reader: ShardReader;
  readonly #context: PollerContext;
  readonly #buffer: BatchBuffer;
  #hasEnded = false;

  constructor(reader: ShardReader, context: PollerContext) {
    this.#reader = reader;
    this.#context = context;
    this.#buffer = new BatchBuffer(context.settings.batchSize);
  }

  /** Resolves with true once a closed shard is drained, with false when told to stop. */
  async run(): Promise<boolean> {
    const { signal } = this.#context;
    while (!signal.aborted) {
      const batch = await this.#nextBatch();
      if (signal.aborted) break;
      if (batch.length === 0) return true;
      await this.#deliver(batch);
    }
    return false;
  }

  /** Waits for a whole batch, the end of the batching window, or the end of the shard (then empty). */
  async #nextBatch(): Promise<readonly StreamRecord[]> {
    const { settings, clock, signal } = this.#context;
    const windowEndsAt = clock.now() + settings.batchingWindowMs;
    while (!signal.aborted && !this.#buffer.isFull) {
      const found = this.#hasEnded ? 0 : await this.#read();
      if (this.#buffer.isFull || this.#hasEnded) break;
      if (!this.#buffer.isEmpty && clock.now() >= windowEndsAt) break;
      if (found === 0) await this.#wait(windowEndsAt);
    }
    return this.#buffer.take();
  }

  /** Reads once; a source that fails is tried again after a pause, however often. */
  async #read(): Promise<number> {
    const { clock, signal, warn } = this.#context;
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        const { records, ended } = await this.#reader.read(this.#buffer.room);
        this.#buffer.add(records);
        this.#hasEnded = ended;
        return records.length;
      } catch (error) {
        warn(`the stream could not be read, trying again: ${messageOf(error)}`);
        await pause(clock, backOffMs(failures), signal);
      }
    }
    return 0;
  }

  /** Until there may be more, or a stop, but not beyond the end of a window that has records waiting in it. */
  async #wait(windowEndsAt: number): Promise<void> {
    const { clock, signal } = this.#context;
    const longest = this.#reader.onChange ? Number.POSITIVE_INFINITY : POLL_MS;
    const left = this.#buffer.isEmpty ? longest : Math.min(longest, windowEndsAt - clock.now());
    let wake = () => {};
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    using _change = this.#reader.onChange?.(wake);
    using _timer = Number.isFinite(left) ? clock.after(left, wake) : undefined;
    signal.addEventListener("abort", wake);
    await woken;
    signal.removeEventListener("abort", wake);
  }

  async #deliver(batch: readonly StreamRecord[]): Promise<void> {
    const { settings, clock, signal } = this.#context;
    const queue: Attempt[] = [{ records: batch, failures: 0 }];
    /** Times in a row that the function did not run at all. */
    let absences = 0;
    while (!signal.aborted) {
      const attempt = await this.#withoutTooOld(queue.shift());
      if (!attempt) {
        if (queue.length === 0) return;
        continue;
      }
      const answer = await this.#invoke(attempt.records);
      if (answer === "did not run") {
        // A throttle or a missing function is no attempt; only age ends it.
        queue.unshift(attempt);
        absences += 1;
        await pause(clock, backOffMs(absences), signal);
        continue;
      }
      absences = 0;
      const outcome = outcomeOf(answer, attempt.records, settings);
      this.#context.result(outcome.type === "success" ? "OK" : "PROBLEM: Function call failed");
      const verdict = judge(attempt, outcome, settings);
      if (verdict.givenUp) {
        await this.#context.giveUp({
          condition: "RetryAttemptsExhausted",
          records: verdict.givenUp.records,
          invokeCount: verdict.givenUp.failures,
          answer: answer === "too large" ? undefined : answer,
        });
      }
      const lastDone = attempt.records[verdict.done - 1];
      if (lastDone) this.#context.checkpoint(lastDone.sequenceNumber);
      queue.unshift(...verdict.next);
      const [next] = verdict.next;
      if (next && verdict.waits) await pause(clock, backOffMs(next.failures), signal);
    }
  }

  /** Gives up what has grown too old; the rest, if there is any, goes on. */
  async #withoutTooOld(attempt: Attempt | undefined): Promise<Attempt | undefined> {
    if (!attempt) return undefined;
    const { settings, clock } = this.#context;
    const { maximumRecordAgeSeconds: seconds } = settings;
    const maximumAgeMs = seconds < 0 ? this.#reader.retentionMs() : seconds * 1000;
    const old = tooOld(attempt.records, { now: clock.now(), maximumAgeMs });
    if (old.length === 0) return attempt;
    await this.#context.giveUp({
      condition: "RecordAgeExceeded",
      records: old,
      invokeCount: attempt.failures,
      answer: undefined,
    });
    this.#context.checkpoint((old.at(-1) as StreamRecord).sequenceNumber);
    const records = attempt.records.slice(old.length);
    return records.length === 0 ? undefined : { ...attempt, records };
  }

  async #invoke(
    records: readonly StreamRecord[],
  ): Promise<FunctionAnswer | "too large" | "did not run"> {
    try {
      return await this.#context.invoke(records);
    } catch (error) {
      this.#context.warn(`the function did not run, trying again: ${messageOf(error)}`);
      this.#context.result("PROBLEM: Function call failed");
      return "did not run";
    }
  }
}

function outcomeOf(
  answer: FunctionAnswer | "too large",
  records: readonly StreamRecord[],
  { reportsItemFailures }: MappingSettings,
): Outcome {
  if (answer === "too large") return { type: "too large" };
  const { functionError, payload } = answer;
  if (functionError !== undefined) return { type: "error" };
  if (!reportsItemFailures) return { type: "success" };
  const report = readReport(payload, records);
  return report.type === "failure" ? { type: "rejected" } : report;
}

/** A sleep that a stop ends early, quietly. */
export async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  await clock.sleep(ms, signal).catch(() => {});
}
