import type { Position, RecordSource, SourceShard } from "./record-source.ts";
import type { MappingSettings } from "./settings.ts";
import type { OpenWindow } from "./tumbling-window.ts";

/** How far a mapping has come in a shard. */
export interface ShardProgress extends SourceShard {
  /** Everything before is done. */
  position: Position;
  /** Its tumbling window, with the state that the function has returned. */
  window: OpenWindow | undefined;
  /** The shard is closed and has been read to its end. */
  isDrained: boolean;
}

/** How far a mapping has come in its stream. It lasts while the mapping is off. */
export class Progress {
  #shards: ReadonlyMap<string, ShardProgress> | undefined;

  /**
   * Takes in the shards that the stream has now. Those that are there the first time are begun at the starting
   * position; those that appear later from their beginning, or what came between would be lost.
   */
  async follow(source: RecordSource, settings: MappingSettings): Promise<void> {
    const followed = new Map<string, ShardProgress>();
    for (const shard of await source.shards()) {
      const { shardId } = shard;
      let progress = this.#shards?.get(shardId);
      if (progress?.identity !== shard.identity) {
        const position: Position = this.#shards
          ? { type: "TRIM_HORIZON" }
          : await startingPosition(shardId, { source, settings });
        progress = { ...shard, position, window: undefined, isDrained: false };
      }
      followed.set(shardId, progress);
    }
    this.#shards = followed;
  }

  /** The shards that may be read now: they have more to read, and their parents have not. */
  due(): ShardProgress[] {
    const shards = [...(this.#shards?.values() ?? [])];
    const hasMore = (shardId: string) => this.#shards?.get(shardId)?.isDrained === false;
    return shards.filter(({ shardId, parents }) => hasMore(shardId) && !parents.some(hasMore));
  }
}

async function startingPosition(
  shardId: string,
  { source, settings }: { source: RecordSource; settings: MappingSettings },
): Promise<Position> {
  const { startingPosition: type, startingTimestamp: timestamp = 0 } = settings;
  if (type === "LATEST") return source.latest(shardId);
  return type === "AT_TIMESTAMP" ? { type, timestamp } : { type };
}
