import type {
  DescribeStreamSummaryOutput,
  GetRecordsOutput,
  GetShardIteratorOutput,
  ListShardsOutput,
  Shard,
} from "@aws-sdk/client-kinesis";
import { parseArn } from "../core/arn.ts";
import type { Clock } from "../core/clock.ts";
import type { Remote, Scope } from "../core/service.ts";
import type {
  Position,
  RecordSource,
  ShardBatch,
  ShardReader,
} from "../services/lambda/event-source-mapping/record-source.ts";

const HOUR_MS = 3_600_000;
const MAX_RECORDS = 10_000;
/** Reads in a row that bring nothing though there is more further on, as AWS answers over gaps in time. */
const MAX_EMPTY_READS = 5;

type Api = <Out>(operation: string, input: object) => Promise<Out>;

/** A Kinesis stream that is not the tank's, read through the SDK as a source of an event source mapping. */
export function remoteRecordSource(
  kinesis: Pick<Remote, "call">,
  { streamArn, clock }: { streamArn: string; clock: Clock },
): RecordSource {
  const arn = parseArn(streamArn);
  if (!arn) throw new Error(`not an ARN: ${streamArn}`);
  const StreamName = arn.resource.replace(/^stream\//, "");
  const scope: Scope = { accountId: arn.accountId, region: arn.region };
  const api: Api = (operation, input) => kinesis.call(operation, input, scope);
  return {
    streamArn,
    async shards() {
      const shards = await listShards(api, StreamName);
      return shards.map(
        ({ ShardId, ParentShardId, AdjacentParentShardId, SequenceNumberRange }) => ({
          shardId: String(ShardId),
          parents: [ParentShardId, AdjacentParentShardId].filter((id) => id !== undefined),
          identity: String(SequenceNumberRange?.StartingSequenceNumber),
        }),
      );
    },
    // No operation tells the newest record's number without reading up to it.
    latest: async () => ({ type: "AT_TIMESTAMP", timestamp: clock.now() }),
    async open(shardId, from) {
      const { StreamDescriptionSummary } = await api<DescribeStreamSummaryOutput>(
        "DescribeStreamSummary",
        { StreamName },
      );
      const retentionHours = StreamDescriptionSummary?.RetentionPeriodHours ?? 24;
      const place = { StreamName, ShardId: shardId };
      const reader = new RemoteShardReader(api, { place, from, retentionHours });
      await reader.open();
      return reader;
    },
  };
}

async function listShards(api: Api, StreamName: string): Promise<Shard[]> {
  const shards: Shard[] = [];
  let page: object = { StreamName };
  for (;;) {
    const { Shards = [], NextToken } = await api<ListShardsOutput>("ListShards", page);
    shards.push(...Shards);
    if (!NextToken) return shards;
    page = { NextToken };
  }
}

class RemoteShardReader implements ShardReader {
  readonly #api: Api;
  readonly #place: { readonly StreamName: string; readonly ShardId: string };
  readonly #retentionMs: number;
  /** Behind the last record that was read. */
  #position: Position;
  #iterator: string | undefined;

  constructor(
    api: Api,
    options: {
      place: { StreamName: string; ShardId: string };
      from: Position;
      retentionHours: number;
    },
  ) {
    this.#api = api;
    this.#place = options.place;
    this.#position = options.from;
    this.#retentionMs = options.retentionHours * HOUR_MS;
  }

  async open(): Promise<void> {
    const { ShardIterator } = await this.#api<GetShardIteratorOutput>("GetShardIterator", {
      ...this.#place,
      ...iteratorOf(this.#position),
    });
    this.#iterator = ShardIterator;
  }

  async read(limit: number): Promise<ShardBatch> {
    for (let reads = 1; ; reads += 1) {
      const batch = await this.#readOnce(Math.min(limit, MAX_RECORDS));
      const isGap = batch.records.length === 0 && batch.behindMs > 0 && !batch.ended;
      if (!isGap || reads === MAX_EMPTY_READS) return batch;
    }
  }

  retentionMs(): number {
    return this.#retentionMs;
  }

  async #readOnce(Limit: number): Promise<ShardBatch & { readonly behindMs: number }> {
    if (this.#iterator === undefined) return { records: [], ended: true, behindMs: 0 };
    const output = await this.#getRecords(Limit);
    this.#iterator = output.NextShardIterator ?? undefined;
    const records = (output.Records ?? []).map((record) => ({
      sequenceNumber: String(record.SequenceNumber),
      partitionKey: String(record.PartitionKey),
      data: Buffer.from(record.Data ?? []).toString("base64"),
      arrivedAt: record.ApproximateArrivalTimestamp?.getTime() ?? 0,
    }));
    const last = records.at(-1);
    if (last) {
      this.#position = { type: "AFTER_SEQUENCE_NUMBER", sequenceNumber: last.sequenceNumber };
    }
    const behindMs = output.MillisBehindLatest ?? 0;
    return { records, ended: this.#iterator === undefined, behindMs };
  }

  /** An iterator lives for five minutes; a batch that is retried may hold its shard for longer. */
  async #getRecords(Limit: number): Promise<GetRecordsOutput> {
    const read = () =>
      this.#api<GetRecordsOutput>("GetRecords", { ShardIterator: this.#iterator, Limit });
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "ExpiredIteratorException") throw error;
      await this.open();
      return read();
    }
  }
}

function iteratorOf(position: Position): object {
  switch (position.type) {
    case "TRIM_HORIZON":
      return { ShardIteratorType: "TRIM_HORIZON" };
    case "AT_TIMESTAMP":
      return { ShardIteratorType: "AT_TIMESTAMP", Timestamp: new Date(position.timestamp) };
    case "AFTER_SEQUENCE_NUMBER":
      return {
        ShardIteratorType: "AFTER_SEQUENCE_NUMBER",
        StartingSequenceNumber: position.sequenceNumber,
      };
  }
}
