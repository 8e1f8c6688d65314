import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
  type KinesisClient,
  ListShardsCommand,
} from "@aws-sdk/client-kinesis";

/** What a stream holds, or has got since a time; its data read as JSON. */
export async function recordsOf<T>(
  kinesis: KinesisClient,
  StreamName: string,
  since?: Date,
): Promise<{ value: T; partitionKey: string }[]> {
  const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName }));
  const found = await Promise.all(
    Shards.map(async ({ ShardId }) => {
      const place: GetShardIteratorCommandInput = since
        ? { StreamName, ShardId, ShardIteratorType: "AT_TIMESTAMP", Timestamp: since }
        : { StreamName, ShardId, ShardIteratorType: "TRIM_HORIZON" };
      const { ShardIterator } = await kinesis.send(new GetShardIteratorCommand(place));
      const { Records = [] } = await readWhenAllowed(kinesis, ShardIterator);
      return Records.map(({ Data, PartitionKey = "" }) => ({
        value: JSON.parse(Buffer.from(Data ?? []).toString()) as T,
        partitionKey: PartitionKey,
      }));
    }),
  );
  return found.flat();
}

/** A shard takes five reads a second; a test that waits asks more often. */
async function readWhenAllowed(kinesis: KinesisClient, ShardIterator: string | undefined) {
  for (;;) {
    try {
      return await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    } catch (error) {
      if ((error as Error).name !== "ProvisionedThroughputExceededException") throw error;
    }
  }
}
