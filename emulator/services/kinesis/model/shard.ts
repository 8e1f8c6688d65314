import type { HashKeyRange } from "./hash-key.ts";
import type { NewRecord, StreamRecord } from "./record.ts";
import { closingSequenceNumber, SequenceNumbers, sequenceNumber } from "./sequence-number.ts";
import { ShardThroughput } from "./throughput.ts";

/** What one read returned. */
export interface ShardRead {
  readonly records: readonly StreamRecord[];
  /** Where the next read begins. */
  readonly next: number;
  readonly millisBehindLatest: number;
  /** A closed shard has been read to its end. */
  readonly isDrained: boolean;
}

/**
 * An append-only log over a range of hash keys. A position is the count of records before it since the
 * shard was created, so positions stay valid while retention trims the head.
 */
export class Shard {
  readonly id: string;
  readonly index: number;
  readonly range: HashKeyRange;
  readonly parents: readonly string[];
  readonly createdAt: number;
  readonly startingSequenceNumber: string;
  readonly throughput: ShardThroughput;
  readonly #numbers: SequenceNumbers;
  readonly #listeners = new Set<() => void>();
  #records: StreamRecord[] = [];
  /** How many records retention has removed from the head. */
  #trimmed = 0;
  #endingSequenceNumber: string | undefined;
  #closedAt: number | undefined;

  constructor(options: {
    index: number;
    range: HashKeyRange;
    createdAt: number;
    parents?: readonly string[];
  }) {
    const { index, range, createdAt, parents = [] } = options;
    this.id = shardId(index);
    this.index = index;
    this.range = range;
    this.parents = parents;
    this.createdAt = createdAt;
    const shard = { shardCreatedAt: createdAt, shardIndex: index };
    this.startingSequenceNumber = sequenceNumber({ ...shard, counter: 0n, at: createdAt });
    this.#numbers = new SequenceNumbers(shard);
    this.throughput = new ShardThroughput(createdAt);
  }

  get isOpen(): boolean {
    return this.#endingSequenceNumber === undefined;
  }

  get endingSequenceNumber(): string | undefined {
    return this.#endingSequenceNumber;
  }

  /** Epoch ms; `undefined` while open. */
  get closedAt(): number | undefined {
    return this.#closedAt;
  }

  /** The position after the newest record. */
  get tip(): number {
    return this.#trimmed + this.#records.length;
  }

  /** The position of the oldest record retained. */
  get horizon(): number {
    return this.#trimmed;
  }

  /** The newest record retained. */
  get newest(): StreamRecord | undefined {
    return this.#records.at(-1);
  }

  append({ partitionKey, data, size }: NewRecord, arrivedAt: number): StreamRecord {
    const sequenceNumber = this.#numbers.next(arrivedAt);
    const record = { sequenceNumber, partitionKey, data, arrivedAt, size };
    this.#records.push(record);
    return record;
  }

  /** Tells those who wait for records that some have come; once per request, not per record. */
  announce(): void {
    for (const listener of this.#listeners) listener();
  }

  onRecords(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
  }

  close(at: number): void {
    const shard = { shardCreatedAt: this.createdAt, shardIndex: this.index };
    this.#closedAt = at;
    this.#endingSequenceNumber = closingSequenceNumber({ ...shard, at });
    this.announce();
  }

  /** Reads from a position, or from the horizon when that has passed it. */
  read(position: number, limits: { maxRecords: number; maxBytes: number; now: number }): ShardRead {
    const from = Math.min(this.#records.length, Math.max(0, position - this.#trimmed));
    const upTo = Math.min(this.#records.length, from + limits.maxRecords);
    let end = from;
    let bytes = 0;
    while (end < upTo) {
      bytes += this.#records[end]?.size ?? 0;
      // At least one record, or a large one would block its readers for ever.
      if (bytes > limits.maxBytes && end > from) break;
      end += 1;
    }
    const records = this.#records.slice(from, end);
    const hasMore = end < this.#records.length;
    const reference = records.at(-1) ?? this.#records[end];
    return {
      records,
      next: this.#trimmed + end,
      millisBehindLatest: hasMore && reference ? Math.max(0, limits.now - reference.arrivedAt) : 0,
      isDrained: !this.isOpen && !hasMore,
    };
  }

  /** The position of the first record that arrived at or after `at`. */
  positionAtTime(at: number): number {
    return this.#trimmed + this.#search((record) => record.arrivedAt >= at);
  }

  /** The position of the first record whose number is `number` or, with `after`, above it. */
  positionOf(number: string, side: "at" | "after"): number {
    const wanted = BigInt(number);
    return (
      this.#trimmed +
      this.#search(({ sequenceNumber }) =>
        side === "at" ? BigInt(sequenceNumber) >= wanted : BigInt(sequenceNumber) > wanted,
      )
    );
  }

  /** Forgets records that arrived before `horizon` (epoch ms). */
  trim(horizon: number): void {
    if ((this.#records[0]?.arrivedAt ?? Number.POSITIVE_INFINITY) >= horizon) return;
    const kept = this.#search((record) => record.arrivedAt >= horizon);
    this.#records = this.#records.slice(kept);
    this.#trimmed += kept;
  }

  /** Binary search: the index of the first record for which `isPast` holds. */
  #search(isPast: (record: StreamRecord) => boolean): number {
    let low = 0;
    let high = this.#records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isPast(this.#records[middle] as StreamRecord)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** `shardId-` and the index in twelve digits; indices grow over a stream's life and are never reused. */
export function shardId(index: number): string {
  return `shardId-${String(index).padStart(12, "0")}`;
}

/** AWS accepts a shard's bare number too: "0" is shardId-000000000000. */
export function normalizeShardId(id: string): string {
  return /^\d{1,12}$/.test(id) ? shardId(Number(id)) : id;
}
