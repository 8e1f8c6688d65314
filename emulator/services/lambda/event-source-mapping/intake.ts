import type { Clock } from "../../../core/clock.ts";
import { messageOf } from "../../../core/errors.ts";
import { BatchBuffer } from "./batch-buffer.ts";
import type { RecordFilter } from "./filters/record-filter.ts";
import { Frontier } from "./frontier.ts";
import { pause } from "./pause.ts";
import type { ShardReader, StreamRecord } from "./record-source.ts";
import { absenceMs } from "./retry.ts";
import type { MappingSettings } from "./settings.ts";

// https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html (once a second per shard)
const POLL_MS = 1_000;

/**
 * How far lanes may be ahead of the slowest of them. UNCONFIRMED: AWS does not say how much it reads while a
 * partition key is being retried.
 */
const READ_AHEAD_RECORDS = 10_000;
const READ_AHEAD_CHARACTERS = 64 * 1024 * 1024;

export interface IntakeContext {
  readonly settings: MappingSettings;
  /** Drops records before they are counted; all go on when absent. */
  readonly filter: RecordFilter | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Everything up to this record is done. */
  checkpoint(sequenceNumber: string): void;
  warn(message: string): void;
}

/** Reads one shard for its lanes: whoever of them wants more reads for all. */
export class Intake {
  /** What waits in each lane. */
  readonly lanes: readonly BatchBuffer[];
  hasEnded = false;
  /** When a read last found nothing, epoch ms. */
  emptyAt = Number.NEGATIVE_INFINITY;
  readonly #reader: ShardReader;
  readonly #context: IntakeContext;
  readonly #frontier = new Frontier();
  readonly #waiting = new Set<() => void>();
  #reading: Promise<number> | undefined;

  constructor(reader: ShardReader, context: IntakeContext) {
    const { batchSize, tumblingWindowMs } = context.settings;
    this.#reader = reader;
    this.#context = context;
    this.lanes = Array.from(
      { length: laneCount(context.settings) },
      () => new BatchBuffer(batchSize, { windowMs: tumblingWindowMs }),
    );
  }

  get retentionMs(): number {
    return this.#reader.retentionMs();
  }

  /** Reads once, unless there is no room, the end is reached, or a polled stream has just been asked. */
  async read(): Promise<number> {
    if (this.hasEnded || this.#room() === 0 || this.#pollWaitMs() > 0) return 0;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  /** These records need no more attention. */
  finish(records: readonly StreamRecord[]): void {
    const wasFull = this.#room() === 0;
    this.#frontier.finish(records);
    this.#advance();
    if (wasFull) this.#wake();
  }

  /** Until there may be more, a stop, or `longestMs` is over. */
  async wait(longestMs: number): Promise<void> {
    const { clock, signal } = this.#context;
    const canRead = !this.hasEnded && this.#room() > 0;
    const pollMs = this.#reader.onChange || !canRead ? undefined : this.#pollWaitMs();
    // What is due already waits for the next poll alone.
    const left =
      pollMs === undefined || longestMs <= 0 ? (pollMs ?? longestMs) : Math.min(longestMs, pollMs);
    let wake = () => {};
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    this.#waiting.add(wake);
    using _change = canRead ? this.#reader.onChange?.(wake) : undefined;
    using _timer = Number.isFinite(left) ? clock.after(left, wake) : undefined;
    signal.addEventListener("abort", wake);
    await woken;
    signal.removeEventListener("abort", wake);
    this.#waiting.delete(wake);
  }

  /** Reads once; a source that fails is tried again after a pause, however often. */
  async #read(): Promise<number> {
    const { clock, signal, warn } = this.#context;
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        const startedAt = clock.now();
        const { records, ended } = await this.#reader.read(this.#room());
        if (records.length === 0) this.emptyAt = startedAt;
        this.#distribute(records);
        this.hasEnded = ended;
        if (this.lanes.length > 1 && (ended || records.length > 0)) this.#wake();
        return records.length;
      } catch (error) {
        warn(`the stream could not be read, trying again: ${messageOf(error)}`);
        await pause(clock, absenceMs(failures), signal);
      }
    }
    return 0;
  }

  #distribute(records: readonly StreamRecord[]): void {
    const { filter } = this.#context;
    const kept = filter ? records.filter(filter) : records;
    const passed = filter && new Set(kept);
    for (const record of records) {
      this.#frontier.add(record, { isDone: passed ? !passed.has(record) : false });
    }
    for (const record of kept) this.#laneOf(record).add(record);
    if (kept.length < records.length) this.#advance();
  }

  #laneOf({ partitionKey }: StreamRecord): BatchBuffer {
    const [only] = this.lanes;
    const at = this.lanes.length === 1 ? 0 : hashOf(partitionKey) % this.lanes.length;
    return (this.lanes[at] ?? only) as BatchBuffer;
  }

  #advance(): void {
    const done = this.#frontier.advance();
    if (done !== undefined) this.#context.checkpoint(done);
  }

  /** How many records may be read now. */
  #room(): number {
    const [only] = this.lanes;
    // Who reads for one lane alone takes what its batch lacks; of what is filtered, nobody knows how much that is.
    if (only && this.lanes.length === 1 && !this.#context.filter) return only.room;
    const characters = this.lanes.reduce((sum, lane) => sum + lane.characters, 0);
    if (characters >= READ_AHEAD_CHARACTERS) return 0;
    return Math.max(0, READ_AHEAD_RECORDS - this.#frontier.length);
  }

  /** How long until a stream that can only be polled may be asked again. */
  #pollWaitMs(): number {
    if (this.#reader.onChange) return 0;
    return Math.max(0, this.emptyAt + POLL_MS - this.#context.clock.now());
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
  }
}

// UNCONFIRMED: how a window's state and several lanes go together; here a shard with windows has one lane.
function laneCount({ parallelizationFactor, tumblingWindowMs }: MappingSettings): number {
  return tumblingWindowMs > 0 ? 1 : parallelizationFactor;
}

/** FNV-1a. Which lane a partition key has AWS does not say; only that it is always the same one. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash;
}
