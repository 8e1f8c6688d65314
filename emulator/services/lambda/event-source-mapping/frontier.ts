import type { StreamRecord } from "./record-source.ts";

interface Entry {
  sequenceNumber: string;
  isDone: boolean;
}

/** How far a shard is done, where its records are finished in another order than they were read. */
export class Frontier {
  #entries: Entry[] = [];
  readonly #open = new Map<StreamRecord, Entry>();

  /** Records that were read and wait for themselves, or for one before them, to be done. */
  get length(): number {
    return this.#entries.length;
  }

  /** Takes in a record in the order of the shard; one that a filter drops is done as it comes. */
  add(record: StreamRecord, { isDone }: { isDone: boolean }): void {
    const { sequenceNumber } = record;
    const last = this.#entries.at(-1);
    // A run of what is done is one entry: what is dropped must not pile up behind what waits.
    if (isDone && last?.isDone) {
      last.sequenceNumber = sequenceNumber;
      return;
    }
    const entry = { sequenceNumber, isDone };
    this.#entries.push(entry);
    if (!isDone) this.#open.set(record, entry);
  }

  finish(records: readonly StreamRecord[]): void {
    for (const record of records) {
      const entry = this.#open.get(record);
      if (entry) entry.isDone = true;
      this.#open.delete(record);
    }
  }

  /** The last record up to which everything is done, if that is further than the last time. */
  advance(): string | undefined {
    const open = this.#entries.findIndex(({ isDone }) => !isDone);
    const count = open < 0 ? this.#entries.length : open;
    const last = this.#entries[count - 1]?.sequenceNumber;
    if (count > 0) this.#entries = count === this.#entries.length ? [] : this.#entries.slice(count);
    return last;
  }
}
