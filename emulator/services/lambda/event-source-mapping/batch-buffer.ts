import { MAX_SYNC_BYTES } from "../limits.ts";
import { eventSize } from "./kinesis-event.ts";
import type { StreamRecord } from "./record-source.ts";
import { windowStart } from "./tumbling-window.ts";

/**
 * Collects records into batches: of so many records at most, of 6 MB of event, and of one tumbling window.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
 */
export class BatchBuffer {
  readonly #batchSize: number;
  readonly #windowMs: number;
  #waiting: StreamRecord[] = [];
  #characters = 0;

  constructor(batchSize: number, { windowMs = 0 }: { windowMs?: number } = {}) {
    this.#batchSize = batchSize;
    this.#windowMs = windowMs;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Whether there is a whole batch. */
  get isFull(): boolean {
    const isLarge = this.#waiting.length >= this.#batchSize || this.#characters >= MAX_SYNC_BYTES;
    return isLarge || !this.#isOfOneWindow();
  }

  /** How many more records the batch under way takes. */
  get room(): number {
    return Math.max(0, this.#batchSize - this.#waiting.length);
  }

  get characters(): number {
    return this.#characters;
  }

  get first(): StreamRecord | undefined {
    return this.#waiting[0];
  }

  add(record: StreamRecord): void {
    this.#waiting.push(record);
    this.#characters += eventSize(record);
  }

  /** The next batch, in order; what does not fit stays for the one after. */
  take(): StreamRecord[] {
    let characters = 0;
    let count = 0;
    for (const record of this.#waiting) {
      const size = eventSize(record);
      // One record always goes: it alone cannot be made smaller.
      if (count === this.#batchSize || (count > 0 && characters + size > MAX_SYNC_BYTES)) break;
      if (this.#windowMs > 0 && !this.#isOfFirstWindow(record)) break;
      characters += size;
      count += 1;
    }
    const batch = this.#waiting.slice(0, count);
    this.#waiting = this.#waiting.slice(count);
    this.#characters -= characters;
    return batch;
  }

  #isOfOneWindow(): boolean {
    const last = this.#waiting.at(-1);
    return this.#windowMs === 0 || !last || this.#isOfFirstWindow(last);
  }

  /** Whether a record is of the window of the first that waits. */
  #isOfFirstWindow({ arrivedAt }: StreamRecord): boolean {
    const first = this.first?.arrivedAt ?? arrivedAt;
    return windowStart(first, this.#windowMs) === windowStart(arrivedAt, this.#windowMs);
  }
}
