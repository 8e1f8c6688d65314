import { parseArn } from "../../core/arn.ts";
import type { TankContext } from "../../core/context.ts";
import type { Engine, ResourceSummary, Scope } from "../../core/service.ts";
import { Scoped } from "../../core/store.ts";
import {
  shardLimitExceeded,
  shardNotFound,
  streamExists,
  streamNamesDiffer,
  streamNotFound,
  streamNotNamed,
} from "./errors.ts";
import { MAX_SHARDS_PER_ACCOUNT } from "./limits.ts";
import { StreamMetering } from "./metering.ts";
import type { Shard } from "./model/shard.ts";
import { Stream, type StreamMode } from "./model/stream.ts";

/** DIFFERS: how long a change of a stream's status takes: seconds on AWS, here just long enough to be seen. */
export const TRANSITION_MS = 100;
/** How often retention looks for records that have expired. */
const RETENTION_SWEEP_MS = 60_000;

/** How requests name a stream. */
export interface StreamReference {
  readonly StreamName?: string | undefined;
  readonly StreamARN?: string | undefined;
}

/** The streams of every account and region, and their background work. */
export class KinesisEngine implements Engine {
  readonly enforceLimits: boolean;
  readonly metering: StreamMetering;
  readonly #context: TankContext;
  readonly #streams = new Scoped(() => new Map<string, Stream>());
  readonly #transitions = new Set<Disposable>();
  #sweep: Disposable | undefined;

  constructor(context: TankContext) {
    this.#context = context;
    this.enforceLimits = context.enforceLimits;
    this.metering = new StreamMetering(context.metrics);
  }

  async start(): Promise<void> {
    const { clock } = this.#context;
    this.#sweep = clock.every(RETENTION_SWEEP_MS, () => {
      for (const streams of this.#streams.all()) {
        for (const stream of streams.values()) stream.trim(clock.now());
      }
    });
  }

  async stop(): Promise<void> {
    this.#sweep?.[Symbol.dispose]();
    for (const transition of this.#transitions) transition[Symbol.dispose]();
    this.#transitions.clear();
  }

  reset(): void {
    for (const transition of this.#transitions) transition[Symbol.dispose]();
    this.#transitions.clear();
    this.#streams.clear();
  }

  describe(): ResourceSummary[] {
    return [...this.#streams.all()].flatMap((streams) =>
      [...streams.values()].map(({ name, status }) => ({ type: "stream", name, state: status })),
    );
  }

  create(
    scope: Scope,
    settings: {
      name: string;
      shardCount: number;
      mode: StreamMode;
      maxRecordBytes: number;
      tags: Readonly<Record<string, string>>;
    },
  ): Stream {
    const streams = this.#streams.of(scope);
    const { name, shardCount } = settings;
    if (streams.has(name)) throw streamExists(name, scope.accountId);
    let shards = 0;
    for (const stream of streams.values()) shards += stream.openShardCount;
    if (shards + shardCount > MAX_SHARDS_PER_ACCOUNT) {
      throw shardLimitExceeded(MAX_SHARDS_PER_ACCOUNT, shardCount);
    }
    const owner = { accountId: scope.accountId, region: scope.region };
    const stream = new Stream({ ...settings, scope: owner, createdAt: this.#context.clock.now() });
    streams.set(name, stream);
    this.#changed(stream);
    this.#later(() => {
      if (stream.status === "CREATING") this.#move(stream, "ACTIVE");
    });
    return stream;
  }

  /** Deletes after a moment in DELETING, during which reads and writes may still succeed. */
  delete(stream: Stream): void {
    if (stream.status === "DELETING") return;
    this.#move(stream, "DELETING");
    this.#later(() => {
      this.#streams.of(stream.scope).delete(stream.name);
      for (const shard of stream.shards) shard.close(this.#context.clock.now());
    });
  }

  /** Changes a setting that takes a moment to apply: UPDATING, then ACTIVE again. */
  update(stream: Stream, change: () => void): void {
    change();
    this.#move(stream, "UPDATING");
    this.#later(() => {
      if (stream.status === "UPDATING") this.#move(stream, "ACTIVE");
    });
  }

  /** The stream that a request names. */
  stream({ StreamName, StreamARN }: StreamReference, scope: Scope): Stream {
    const named = StreamARN === undefined ? undefined : parseArn(StreamARN);
    const arnName = named?.resource.replace(/^stream\//, "");
    const name = StreamName ?? arnName;
    if (name === undefined) throw streamNotNamed();
    if (arnName !== undefined && StreamName !== undefined && arnName !== StreamName) {
      throw streamNamesDiffer(StreamName, String(StreamARN));
    }
    // DIFFERS: an ARN reaches the stream of any account and region; AWS asks resource policies first.
    const owner = named ?? scope;
    const stream = this.#streams.of(owner).get(name);
    if (!stream) throw streamNotFound(name, owner.accountId);
    return stream;
  }

  shard(stream: Stream, id: string): Shard {
    const shard = stream.shard(id);
    if (!shard) throw shardNotFound(id, stream.name, stream.scope.accountId);
    return shard;
  }

  /** The caller's streams, by name. */
  list(scope: Scope): Stream[] {
    const streams = [...this.#streams.of(scope).values()];
    return streams.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Regions and accounts in which a stream of this name exists: to explain a ResourceNotFound. */
  whereabouts(name: string): Scope[] {
    const found: Scope[] = [];
    for (const streams of this.#streams.all()) {
      const stream = streams.get(name);
      if (stream) found.push(stream.scope);
    }
    return found;
  }

  #move(stream: Stream, status: Stream["status"]): void {
    stream.status = status;
    this.#changed(stream);
  }

  #changed({ name, status }: Stream): void {
    const { clock, events } = this.#context;
    events.emit({ type: "resource", at: clock.now(), service: "kinesis", name, state: status });
  }

  #later(act: () => void): void {
    const transition = this.#context.clock.after(TRANSITION_MS, () => {
      this.#transitions.delete(transition);
      act();
    });
    this.#transitions.add(transition);
  }
}
