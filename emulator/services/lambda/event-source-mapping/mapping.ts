import { randomUUID } from "node:crypto";
import type { TankContext } from "../../../core/context.ts";
import { messageOf } from "../../../core/errors.ts";
import type { Destinations } from "../destinations.ts";
import { recordIteratorAge } from "../invocation/metering.ts";
import { MAX_SYNC_BYTES } from "../limits.ts";
import { parseFunctionReference } from "../model/function-reference.ts";
import { tellFailure } from "./failure-destination.ts";
import { recordFilter } from "./filters/record-filter.ts";
import { kinesisEvent } from "./kinesis-event.ts";
import { pause } from "./pause.ts";
import { Progress, type ShardProgress } from "./progress.ts";
import type { FunctionInvoker, RecordSource, StreamRecord } from "./record-source.ts";
import type { MappingSettings } from "./settings.ts";
import { type PollerContext, ShardPoller } from "./shard-poller.ts";

export interface MappingNeeds {
  readonly invoker: FunctionInvoker;
  /** Where given-up batches are told. */
  readonly destinations: Destinations;
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

/** What a mapping is to do. */
export interface Intent {
  readonly settings: MappingSettings;
  readonly isEnabled: boolean;
}

interface Run {
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

/** How long to wait before a stream that cannot be listed is asked again. */
const RELIST_MS = 1_000;

/** One event source mapping: its settings, its progress in every shard, its pollers. */
export class Mapping {
  readonly id = randomUUID();
  readonly createdAt: number;
  /** What it was last asked to do; its settings and its state follow when the batches under way have ended. */
  intent: Intent;
  settings: MappingSettings;
  state: MappingState = "Creating";
  lastModifiedAt: number;
  lastProcessingResult = "No records processed";
  readonly #context: TankContext;
  readonly #needs: MappingNeeds;
  readonly #source: RecordSource;
  readonly #progress = new Progress();
  #running: Run | undefined;
  #changes: Promise<void> = Promise.resolve();
  /** Why the stream could not be opened; said once, not with every try. */
  #trouble: string | undefined;

  constructor(
    settings: MappingSettings,
    { context, needs, source }: { context: TankContext; needs: MappingNeeds; source: RecordSource },
  ) {
    this.settings = settings;
    this.intent = { settings, isEnabled: false };
    this.#context = context;
    this.#needs = needs;
    this.#source = source;
    this.createdAt = context.clock.now();
    this.lastModifiedAt = this.createdAt;
  }

  /**
   * Takes no new batch; once those under way have been answered, goes on from where it stopped with what is
   * asked of it now, or rests. Changes happen one at a time, in the order in which they were asked for.
   */
  change(intent: Intent): Promise<void> {
    this.intent = intent;
    this.#running?.abort.abort();
    this.#changes = this.#changes.then(async () => {
      this.#running?.abort.abort();
      await this.#running?.ended;
      this.settings = intent.settings;
      // One that has been asked for something else meanwhile does not begin.
      const isDue = intent.isEnabled && this.intent === intent;
      this.#running = isDue ? await this.#run() : undefined;
    });
    return this.#changes;
  }

  stop(): Promise<void> {
    return this.change({ ...this.intent, isEnabled: false });
  }

  /** Runs pollers until told to stop; where a shard ends, its children begin. */
  async #run(): Promise<Run> {
    const abort = new AbortController();
    const { signal } = abort;
    const active = new Map<string, Promise<void>>();
    // The first shards are opened before this resolves: what arrives from now on is not missed.
    let isFollowed = await this.#open(active, signal);
    const follow = async () => {
      while (!signal.aborted) {
        const ends: Promise<void>[] = [...active.values()];
        if (!isFollowed || ends.length === 0)
          ends.push(pause(this.#context.clock, RELIST_MS, signal));
        await Promise.race(ends);
        if (!signal.aborted) isFollowed = await this.#open(active, signal);
      }
      await Promise.all(active.values());
    };
    return { abort, ended: follow() };
  }

  /** Starts a poller for each shard that may be read now and has none; false when the stream did not let it. */
  async #open(active: Map<string, Promise<void>>, signal: AbortSignal): Promise<boolean> {
    try {
      await this.#progress.follow(this.#source, this.settings);
      for (const shard of this.#progress.due()) {
        if (active.has(shard.shardId)) continue;
        const reader = await this.#source.open(shard.shardId, shard.position);
        const poller = new ShardPoller(reader, this.#pollerContext(shard, signal));
        const end = (isDrained: boolean) => {
          shard.isDrained = isDrained;
          active.delete(shard.shardId);
        };
        active.set(shard.shardId, poller.run().then(end));
      }
      this.#trouble = undefined;
      return true;
    } catch (error) {
      const trouble = messageOf(error);
      if (trouble !== this.#trouble) this.#warn(`its stream could not be opened: ${trouble}`);
      this.#trouble = trouble;
      return false;
    }
  }

  #pollerContext(shard: ShardProgress, signal: AbortSignal): PollerContext {
    const { functionArn, eventSourceArn: streamArn } = this.settings;
    const { shardId } = shard;
    const source = { streamArn, shardId, roleArn: this.#needs.roleOf(functionArn) };
    return {
      settings: this.settings,
      filter: recordFilter(this.settings.filterPatterns),
      clock: this.#context.clock,
      signal,
      memory: shard,
      invoke: async (records, window) => {
        const event = kinesisEvent(records, source, window);
        if (Buffer.byteLength(event) > MAX_SYNC_BYTES) return "too large";
        const answer = await this.#needs.invoker.invoke(functionArn, event);
        this.#recordAge(records);
        return answer;
      },
      checkpoint: (sequenceNumber) => {
        shard.position = { type: "AFTER_SEQUENCE_NUMBER", sequenceNumber };
      },
      result: (text) => {
        this.lastProcessingResult = text;
      },
      giveUp: (given) =>
        tellFailure(given, {
          settings: this.settings,
          mappingId: this.id,
          source,
          at: this.#context.clock.now(),
          destinations: this.#needs.destinations,
          warn: (message) => this.#warn(message),
        }),
      warn: (message) => this.#warn(message),
    };
  }

  #recordAge(records: readonly StreamRecord[]): void {
    const { clock, metrics } = this.#context;
    const named = parseFunctionReference(this.settings.functionArn);
    const last = records.at(-1);
    if (!metrics || !named || !last) return;
    const { name: functionName, accountId = "", region = "" } = named;
    const at = clock.now();
    const scope = { accountId, region };
    recordIteratorAge(metrics, { functionName, scope, at, ageMs: at - last.arrivedAt });
  }

  #warn(message: string): void {
    const { clock, events } = this.#context;
    const name = this.settings.functionArn.split(":function:")[1] ?? this.settings.functionArn;
    events.emit({ type: "warning", at: clock.now(), message: `mapping of ${name}: ${message}` });
  }
}
