import type { Clock } from "../../../core/clock.ts";
import { messageOf } from "../../../core/errors.ts";
import type { GivenUp } from "./failure-record.ts";
import type { Intake } from "./intake.ts";
import { readReport } from "./partial-failures.ts";
import { pause } from "./pause.ts";
import type { FunctionAnswer, StreamRecord } from "./record-source.ts";
import { type Attempt, absenceMs, backOffMs, judge, type Outcome, tooOld } from "./retry.ts";
import type { MappingSettings } from "./settings.ts";
import type { ShardWindow } from "./shard-window.ts";
import { stateIn, type WindowCall } from "./tumbling-window.ts";

export interface DeliveryContext {
  readonly settings: MappingSettings;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  invoke(
    records: readonly StreamRecord[],
    window: WindowCall | undefined,
  ): Promise<FunctionAnswer | "too large">;
  result(text: string): void;
  giveUp(batch: GivenUp): Promise<void>;
  warn(message: string): void;
}

/** Hands one batch after the other to the function, each as often as it takes. */
export class Delivery {
  readonly #context: DeliveryContext;
  readonly #intake: Pick<Intake, "finish" | "retentionMs">;
  readonly #window: ShardWindow | undefined;

  constructor(
    context: DeliveryContext,
    parts: { intake: Pick<Intake, "finish" | "retentionMs">; window: ShardWindow | undefined },
  ) {
    this.#context = context;
    this.#intake = parts.intake;
    this.#window = parts.window;
  }

  /** Resolves when every record of the batch is done or given up, or the mapping is told to stop. */
  async deliver(batch: readonly StreamRecord[]): Promise<void> {
    const { clock, signal } = this.#context;
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
        await pause(clock, absenceMs(absences), signal);
        continue;
      }
      absences = 0;
      const next = await this.#settle(attempt, answer);
      queue.unshift(...next.attempts);
      if (next.waitMs > 0) await pause(clock, next.waitMs, signal);
    }
  }

  /** Finishes what an answer lets be finished, and says what goes again. */
  async #settle(
    attempt: Attempt,
    answer: FunctionAnswer | "too large",
  ): Promise<{ attempts: readonly Attempt[]; waitMs: number }> {
    const { settings } = this.#context;
    const outcome = this.#outcomeOf(answer, attempt.records);
    this.#context.result(outcome.type === "success" ? "OK" : "PROBLEM: Function call failed");
    const { done, next, givenUp, waits } = judge(attempt, outcome, settings);
    if (givenUp) {
      await this.#context.giveUp({
        condition: "RetryAttemptsExhausted",
        records: givenUp.records,
        invokeCount: givenUp.failures,
        answer: answer === "too large" ? undefined : answer,
      });
    }
    const isHandled = done > 0 && !givenUp;
    const state =
      this.#window && isHandled && answer !== "too large" ? stateIn(answer.payload) : undefined;
    // Records are done before a window that they may end is told so: that call may take long.
    this.#intake.finish(
      done === attempt.records.length ? attempt.records : attempt.records.slice(0, done),
    );
    if (state) await this.#window?.keep(state);
    const [first] = next;
    return { attempts: next, waitMs: first && waits ? backOffMs(first.failures) : 0 };
  }

  #outcomeOf(answer: FunctionAnswer | "too large", records: readonly StreamRecord[]): Outcome {
    if (answer === "too large") return { type: "too large" };
    const { functionError, payload } = answer;
    if (functionError !== undefined) return { type: "error" };
    if (this.#window && !stateIn(payload)) return { type: "rejected" };
    if (!this.#context.settings.reportsItemFailures) return { type: "success" };
    const report = readReport(payload, records);
    return report.type === "failure" ? { type: "rejected" } : report;
  }

  /** Gives up what has grown too old; the rest, if there is any, goes on. */
  async #withoutTooOld(attempt: Attempt | undefined): Promise<Attempt | undefined> {
    if (!attempt) return undefined;
    const { settings, clock } = this.#context;
    const { maximumRecordAgeSeconds: seconds } = settings;
    const maximumAgeMs = seconds < 0 ? this.#intake.retentionMs : seconds * 1000;
    const old = tooOld(attempt.records, { now: clock.now(), maximumAgeMs });
    if (old.length === 0) return attempt;
    await this.#context.giveUp({
      condition: "RecordAgeExceeded",
      records: old,
      invokeCount: attempt.failures,
      answer: undefined,
    });
    this.#intake.finish(old);
    const records = attempt.records.slice(old.length);
    return records.length === 0 ? undefined : { ...attempt, records };
  }

  async #invoke(
    records: readonly StreamRecord[],
  ): Promise<FunctionAnswer | "too large" | "did not run"> {
    try {
      return await this.#context.invoke(records, this.#window?.callFor(records));
    } catch (error) {
      this.#context.warn(`the function did not run, trying again: ${messageOf(error)}`);
      this.#context.result("PROBLEM: Function call failed");
      return "did not run";
    }
  }
}
