import type { Clock } from "../../../core/clock.ts";
import type { BatchBuffer } from "./batch-buffer.ts";
import { Delivery, type DeliveryContext } from "./delivery.ts";
import type { Intake } from "./intake.ts";
import type { StreamRecord } from "./record-source.ts";
import type { ShardWindow } from "./shard-window.ts";

export interface LaneNeeds {
  readonly intake: Intake;
  readonly buffer: BatchBuffer;
  /** The tumbling window of the lane's shard; absent where windows are off. */
  readonly window: ShardWindow | undefined;
  readonly context: DeliveryContext;
}

/**
 * Delivers a part of a shard's partition keys, or all of them, in order and at least once. A batch that
 * fails holds the lane until it succeeds, is given up, or grows too old.
 */
export class Lane {
  readonly #intake: Intake;
  readonly #buffer: BatchBuffer;
  readonly #window: ShardWindow | undefined;
  readonly #context: DeliveryContext;
  readonly #delivery: Delivery;
  readonly #clock: Clock;

  constructor({ intake, buffer, window, context }: LaneNeeds) {
    this.#intake = intake;
    this.#buffer = buffer;
    this.#window = window;
    this.#context = context;
    this.#clock = context.clock;
    this.#delivery = new Delivery(context, { intake, window });
  }

  /** Resolves with true once a closed shard is drained, with false when told to stop. */
  async run(): Promise<boolean> {
    const { signal } = this.#context;
    while (!signal.aborted) {
      const batch = await this.#nextBatch();
      if (signal.aborted) break;
      if (this.#window?.endsBefore(batch[0], this.#intake)) await this.#window.close();
      if (batch.length > 0) await this.#delivery.deliver(batch);
      else if (this.#intake.hasEnded && !signal.aborted) return true;
    }
    return false;
  }

  /**
   * Waits for a whole batch, the end of the batching window, or, then empty, for that of a tumbling window
   * or of the shard.
   */
  async #nextBatch(): Promise<readonly StreamRecord[]> {
    const { settings, signal } = this.#context;
    const intake = this.#intake;
    const dueAt = this.#clock.now() + settings.batchingWindowMs;
    while (!signal.aborted && !this.#buffer.isFull) {
      const found = await intake.read();
      if (this.#buffer.isFull || intake.hasEnded) break;
      const { first } = this.#buffer;
      if (!first && this.#window?.endsBefore(undefined, intake)) break;
      const endsAt = Math.min(first ? dueAt : Number.POSITIVE_INFINITY, this.#windowEnd(first));
      const leftMs = endsAt - this.#clock.now();
      if (first && leftMs <= 0) break;
      if (found === 0) await intake.wait(leftMs);
    }
    return this.#buffer.take();
  }

  #windowEnd(first: StreamRecord | undefined): number {
    return this.#window?.endOf(first) ?? Number.POSITIVE_INFINITY;
  }
}
