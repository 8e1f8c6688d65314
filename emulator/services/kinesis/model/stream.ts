import { arn } from "../../../core/arn.ts";
import type { Scope } from "../../../core/service.ts";
import { evenRanges, type HashKey, hashOf } from "./hash-key.ts";
import type { NewRecord } from "./record.ts";
import { normalizeShardId, Shard } from "./shard.ts";

export type StreamStatus = "CREATING" | "ACTIVE" | "UPDATING" | "DELETING";
export type StreamMode = "PROVISIONED" | "ON_DEMAND";

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_IncreaseStreamRetentionPeriod.html
export const DEFAULT_RETENTION_HOURS = 24;
const HOUR_MS = 3_600_000;

/** A stream: its shards, open and closed, and its settings. */
export class Stream {
  readonly name: string;
  readonly arn: string;
  readonly scope: Scope;
  readonly createdAt: number;
  readonly mode: StreamMode;
  readonly maxRecordBytes: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly shards: Shard[];
  status: StreamStatus = "CREATING";
  #retentionHours = DEFAULT_RETENTION_HOURS;
  /** Sorted by range: what a hash key is looked up in. */
  #open: readonly Shard[];

  constructor(options: {
    name: string;
    scope: Scope;
    createdAt: number;
    shardCount: number;
    mode: StreamMode;
    maxRecordBytes: number;
    tags: Readonly<Record<string, string>>;
  }) {
    const { name, scope, createdAt, shardCount } = options;
    this.name = name;
    this.scope = scope;
    this.arn = arn("kinesis", scope, `stream/${name}`);
    this.createdAt = createdAt;
    this.mode = options.mode;
    this.maxRecordBytes = options.maxRecordBytes;
    this.tags = options.tags;
    this.shards = evenRanges(shardCount).map(
      (range, index) => new Shard({ index, range, createdAt }),
    );
    this.#open = this.shards;
  }

  get retentionHours(): number {
    return this.#retentionHours;
  }

  get openShardCount(): number {
    return this.#open.length;
  }

  /** Shortening drops what is now too old at once; lengthening brings nothing back. */
  retain(hours: number, now: number): void {
    this.#retentionHours = hours;
    this.trim(now);
  }

  trim(now: number): void {
    for (const shard of this.shards) shard.trim(now - this.#retentionHours * HOUR_MS);
  }

  shard(id: string): Shard | undefined {
    const wanted = normalizeShardId(id);
    return this.shards.find((shard) => shard.id === wanted);
  }

  /** The open shard that a record belongs to; where there is but one, nothing needs hashing. */
  shardFor({
    explicitHash,
    partitionKey,
  }: Pick<NewRecord, "explicitHash" | "partitionKey">): Shard {
    const [only] = this.#open;
    if (only && this.#open.length === 1) return only;
    return this.#shardAt(explicitHash ?? hashOf(partitionKey));
  }

  /** The open shard whose range holds a hash key. */
  #shardAt(key: HashKey): Shard {
    let low = 0;
    let high = this.#open.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#open[middle] as Shard).range.start <= key) low = middle;
      else high = middle - 1;
    }
    return this.#open[low] as Shard;
  }
}
