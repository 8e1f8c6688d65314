import { MAX_SYNC_BYTES } from "../limits.ts";
import { eventSize } from "./kinesis-event.ts";
import type { StreamRecord } from "./record-source.ts";

/**
 * Collects records into batches: of so many records at most, and of 6 MB of event.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
 */
export class BatchBuffer {
  readonly #batchSize: number;
  #waiting: StreamRecord[] = [];
  #characters = 0;

  constructor(batchSize: number) {
    this.#batchSize = batchSize;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Whether there is a whole batch. */
  get isFull(): boolean {
    return this.#waiting.length >= this.#batchSize || this.#characters >= MAX_SYNC_BYTES;
  }

  /** How many more records the batch under way takes. */
  get room(): number {
    return Math.max(0, this.#batchSize - this.#waiting.length);
  }

  add(records: readonly StreamRecord[]): void {
    for (const record of records) {
      this.#waiting.push(record);
      this.#characters += eventSize(record);
    }
  }

  /** The next batch, in order; what does not fit stays for the one after. */
  take(): StreamRecord[] {
    let characters = 0;
    let count = 0;
    for (const record of this.#waiting) {
      characters += eventSize(record);
      // One record always goes: it alone cannot be made smaller.
      if (count === this.#batchSize || (count > 0 && characters > MAX_SYNC_BYTES)) break;
      count += 1;
    }
    const batch = this.#waiting.slice(0, count);
    this.#waiting = this.#waiting.slice(count);
    this.#characters = this.#waiting.reduce((sum, record) => sum + eventSize(record), 0);
    return batch;
  }
}
