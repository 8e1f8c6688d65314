import type { Clock } from "../../../core/clock.ts";
import { messageOf } from "../../../core/errors.ts";
import { pause } from "./pause.ts";
import type { FunctionAnswer, StreamRecord } from "./record-source.ts";
import { backOffMs } from "./retry.ts";
import {
  isTooLarge,
  type OpenWindow,
  openWindow,
  stateIn,
  type WindowCall,
  type WindowState,
  windowStart,
} from "./tumbling-window.ts";

export interface ShardWindowContext {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Where the window is kept, so that it outlasts a mapping that is switched off or changed. */
  readonly memory: { window: OpenWindow | undefined };
  invoke(
    records: readonly StreamRecord[],
    window: WindowCall,
  ): Promise<FunctionAnswer | "too large">;
  result(text: string): void;
  warn(message: string): void;
}

/**
 * The tumbling window that is open on a shard: records of one window go to the function with the state that
 * it returned before, and a last call tells that the window is over.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html
 */
export class ShardWindow {
  readonly #context: ShardWindowContext;
  readonly #lengthMs: number;

  constructor(context: ShardWindowContext, { lengthMs }: { lengthMs: number }) {
    this.#context = context;
    this.#lengthMs = lengthMs;
  }

  /** A window of another length was open when the mapping was changed. */
  get isOfAnotherLength(): boolean {
    const { window } = this.#context.memory;
    return window !== undefined && window.endMs - window.startMs !== this.#lengthMs;
  }

  /** When the window of a record ends, or the open one; `undefined` where there is neither. */
  endOf(record: StreamRecord | undefined): number | undefined {
    if (!record) return this.#context.memory.window?.endMs;
    return windowStart(record.arrivedAt, this.#lengthMs) + this.#lengthMs;
  }

  /** Whether the open window is over before this record, or because there will be none for it. */
  endsBefore(
    record: StreamRecord | undefined,
    { emptyAt, hasEnded }: { emptyAt: number; hasEnded: boolean },
  ): boolean {
    const { window } = this.#context.memory;
    if (!window) return false;
    if (record) return windowStart(record.arrivedAt, this.#lengthMs) !== window.startMs;
    return hasEnded || emptyAt >= window.endMs;
  }

  /** The call that takes these records; the window opens with the first of them. */
  callFor(records: readonly StreamRecord[]): WindowCall {
    const { memory } = this.#context;
    memory.window ??= openWindow(records[0]?.arrivedAt ?? 0, this.#lengthMs);
    return { ...memory.window, isFinal: false, isEarly: false };
  }

  /** What the function returned goes into its next call; a state that is too large ends the window. */
  async keep(state: WindowState): Promise<void> {
    const { memory } = this.#context;
    if (!memory.window) return;
    memory.window = { ...memory.window, state };
    // UNCONFIRMED: that the last call has the state that was too large; without it, all of it were lost.
    if (isTooLarge(state)) await this.close({ isEarly: true });
  }

  /**
   * Tells the function that the window is over, until it takes that.
   * UNCONFIRMED: that the call has no records, and that no number of retries ends it.
   */
  async close({ isEarly = false }: { isEarly?: boolean } = {}): Promise<void> {
    const { clock, signal, memory } = this.#context;
    for (let failures = 1; memory.window && !signal.aborted; failures += 1) {
      const isTaken = await this.#callFinal({ ...memory.window, isFinal: true, isEarly });
      if (isTaken) memory.window = undefined;
      else await pause(clock, backOffMs(failures), signal);
    }
  }

  async #callFinal(call: WindowCall): Promise<boolean> {
    const { invoke, result, warn } = this.#context;
    try {
      const answer = await invoke([], call);
      const isTaken =
        answer !== "too large" &&
        answer.functionError === undefined &&
        stateIn(answer.payload) !== undefined;
      result(isTaken ? "OK" : "PROBLEM: Function call failed");
      if (!isTaken) warn("the last call of a tumbling window failed, trying again");
      return isTaken;
    } catch (error) {
      result("PROBLEM: Function call failed");
      warn(`the function did not run, trying again: ${messageOf(error)}`);
      return false;
    }
  }
}
