import { randomUUID } from "node:crypto";
import type { TankContext } from "../../../core/context.ts";
import { messageOf } from "../../../core/errors.ts";
import { type FailureContext, failureKey, failureRecord, type GivenUp } from "./failure-record.ts";
import { kinesisEvent } from "./kinesis-event.ts";
import type { FunctionInvoker, RecordSource, StartFrom, StreamRecord } from "./record-source.ts";
import type { MappingSettings } from "./settings.ts";
import { ShardPoller } from "./shard-poller.ts";

/** Where given-up batches are kept. */
export interface ObjectWriter {
  write(bucket: string, key: string, body: Uint8Array): Promise<void>;
}

export interface MappingNeeds {
  readonly invoker: FunctionInvoker;
  readonly objects: ObjectWriter;
  /** The execution role that events name. */
  roleOf(functionArn: string): string;
}

export type MappingState =
  | "Creating"
  | "Enabling"
  | "Enabled"
  | "Disabling"
  | "Disabled"
  | "Updating"
  | "Deleting";

/** How long to wait before a stream that cannot be listed is asked again. */
const RELIST_MS = 1_000;

/** One event source mapping: its settings, its position in every shard, its pollers. */
export class Mapping {
  readonly id = randomUUID();
  readonly createdAt: number;
  settings: MappingSettings;
  state: MappingState = "Creating";
  lastModifiedAt: number;
  lastProcessingResult = "No records processed";
  readonly #context: TankContext;
  readonly #needs: MappingNeeds;
  readonly #source: RecordSource;
  /** The last record done, by shard. */
  readonly #checkpoints = new Map<string, string>();
  /** Closed shards that have been read to their end. */
  readonly #drained = new Set<string>();
  #running: { readonly abort: AbortController; readonly ended: Promise<void> } | undefined;

  constructor(
    settings: MappingSettings,
    { context, needs, source }: { context: TankContext; needs: MappingNeeds; source: RecordSource },
  ) {
    this.settings = settings;
    this.#context = context;
    this.#needs = needs;
    this.#source = source;
    this.createdAt = context.clock.now();
    this.lastModifiedAt = this.createdAt;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** Begins to read every shard from its checkpoint, or from the starting position. */
  async start(): Promise<void> {
    if (this.#running) return;
    const abort = new AbortController();
    // The first shards are opened before this resolves: what arrives from now on is not missed.
    const opened = await this.#open(new Set(), abort.signal);
    this.#running = { abort, ended: this.#run(opened, abort.signal) };
  }

  /** Takes no new batch; resolves when the one under way has been answered. */
  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    running?.abort.abort();
    await running?.ended;
  }

  /** Runs pollers until told to stop; where a shard ends, its children begin. */
  async #run(opened: Map<string, ShardPoller>, signal: AbortSignal): Promise<void> {
    const { clock } = this.#context;
    const active = new Map<string, Promise<void>>();
    const begin = (shardId: string, poller: ShardPoller) => {
      const done = poller.run().then((isDrained) => {
        if (isDrained) this.#drained.add(shardId);
        active.delete(shardId);
      });
      active.set(shardId, done);
    };
    for (const [shardId, poller] of opened) begin(shardId, poller);
    while (!signal.aborted) {
      if (active.size > 0) await Promise.race(active.values());
      else await clock.sleep(RELIST_MS, signal).catch(() => {});
      if (signal.aborted) break;
      const started = new Set(active.keys());
      for (const [shardId, poller] of await this.#open(started, signal)) begin(shardId, poller);
    }
    await Promise.all(active.values());
  }

  /** Pollers for the shards that may be read now: those whose parents are drained or gone. */
  async #open(
    started: ReadonlySet<string>,
    signal: AbortSignal,
  ): Promise<Map<string, ShardPoller>> {
    const opened = new Map<string, ShardPoller>();
    try {
      const shards = await this.#source.shards();
      const unread = new Set(shards.map(({ shardId }) => shardId));
      for (const shardId of this.#drained) unread.delete(shardId);
      for (const { shardId, parents } of shards) {
        const isDue = unread.has(shardId) && !started.has(shardId);
        if (!isDue || parents.some((parent) => unread.has(parent))) continue;
        const follows = parents.some((parent) => this.#drained.has(parent));
        const reader = await this.#source.open(shardId, this.#startOf(shardId, { follows }));
        opened.set(shardId, new ShardPoller(reader, this.#pollerContext(shardId, signal)));
      }
    } catch (error) {
      this.#warn(`its stream could not be opened: ${messageOf(error)}`);
    }
    return opened;
  }

  /** A child shard is read from its beginning, or what came between would be lost. */
  #startOf(shardId: string, { follows }: { follows: boolean }): StartFrom {
    const checkpoint = this.#checkpoints.get(shardId);
    if (checkpoint) return { type: "AFTER_SEQUENCE_NUMBER", sequenceNumber: checkpoint };
    const { startingPosition: type, startingTimestamp: timestamp = 0 } = this.settings;
    if (follows) return { type: "TRIM_HORIZON" };
    return type === "AT_TIMESTAMP" ? { type, timestamp } : { type };
  }

  #pollerContext(shardId: string, signal: AbortSignal) {
    const { functionArn, eventSourceArn: streamArn } = this.settings;
    const source = { streamArn, shardId, roleArn: this.#needs.roleOf(functionArn) };
    return {
      settings: this.settings,
      clock: this.#context.clock,
      signal,
      retentionMs: () => this.#source.retentionMs(),
      invoke: (records: readonly StreamRecord[]) =>
        this.#needs.invoker.invoke(functionArn, kinesisEvent(records, source)),
      checkpoint: (sequenceNumber: string) => {
        this.#checkpoints.set(shardId, sequenceNumber);
      },
      result: (text: string) => {
        this.lastProcessingResult = text;
      },
      giveUp: (batch: GivenUp) => this.#giveUp(batch, { shardId, source }),
      warn: (message: string) => this.#warn(message),
    };
  }

  /** Tells the on-failure destination, if there is one; a destination that fails does not hold the shard. */
  async #giveUp(
    batch: GivenUp,
    { shardId, source }: { shardId: string; source: Parameters<typeof kinesisEvent>[1] },
  ): Promise<void> {
    const { functionArn, eventSourceArn: streamArn, failureDestinationArn } = this.settings;
    const at = this.#context.clock.now();
    const first = batch.records[0]?.sequenceNumber;
    this.#warn(`gave up ${batch.records.length} records from ${first} on: ${batch.condition}`);
    if (!failureDestinationArn) return;
    const context: FailureContext = { functionArn, streamArn, shardId, at };
    const event: unknown = JSON.parse(kinesisEvent(batch.records, source));
    // An S3 destination keeps the records themselves besides.
    const document = { ...failureRecord(batch, context), payload: event };
    const bucket = failureDestinationArn.replace(/^arn:aws[^:]*:s3:::/, "");
    const key = failureKey({ mappingId: this.id, shardId, at, id: randomUUID() });
    try {
      await this.#needs.objects.write(bucket, key, Buffer.from(JSON.stringify(document)));
    } catch (error) {
      this.#warn(`the on-failure destination ${bucket} took nothing: ${messageOf(error)}`);
    }
  }

  #warn(message: string): void {
    const { clock, events } = this.#context;
    const name = this.settings.functionArn.split(":function:")[1] ?? this.settings.functionArn;
    events.emit({ type: "warning", at: clock.now(), message: `mapping of ${name}: ${message}` });
  }
}
