import { setTimeout as sleep } from "node:timers/promises";
import { Command } from "commander";
import { addPortOption, tankOf } from "../find.ts";
import { outputOf } from "../options.ts";
import { clockTime, type Output } from "../output.ts";
import { TankClient } from "../tank-client.ts";

/** Five reads a second are a shard's whole allowance, for all its readers: this takes two of them. */
const POLL_MS = 500;

interface Read {
  Records: {
    SequenceNumber: string;
    PartitionKey: string;
    Data: string;
    ApproximateArrivalTimestamp: number;
  }[];
  NextShardIterator?: string;
  ChildShards?: { ShardId: string }[];
}

export function streamTailCommand(): Command {
  const command = new Command("tail")
    .description("print the records of all shards as they arrive")
    .argument("<stream>")
    .option("--from-start", "begin with the oldest record kept")
    .option("--count <number>", "end after this many records", Number);
  type Flags = { port?: number; fromStart?: boolean; count?: number };
  return addPortOption(command).action(async (stream: string, flags: Flags) => {
    const client = new TankClient(tankOf(flags));
    const output = outputOf(command);
    const type = flags.fromStart ? "TRIM_HORIZON" : "LATEST";
    let left = flags.count ?? Number.POSITIVE_INFINITY;
    type Listed = { Shards: { ShardId: string }[] };
    const { Shards } = await client.kinesis<Listed>("ListShards", { StreamName: stream });
    const iterators = new Map<string, string>();
    for (const { ShardId } of Shards)
      iterators.set(ShardId, await open(client, { stream, ShardId, type }));
    while (left > 0 && iterators.size > 0) {
      for (const [ShardId, ShardIterator] of iterators) {
        const read = await client.kinesis<Read>("GetRecords", { ShardIterator });
        for (const record of read.Records.slice(0, left)) print(output, ShardId, record);
        left -= read.Records.length;
        if (read.NextShardIterator) iterators.set(ShardId, read.NextShardIterator);
        else iterators.delete(ShardId);
        for (const child of read.ChildShards ?? []) {
          if (iterators.has(child.ShardId)) continue;
          const from = { stream, ShardId: child.ShardId, type: "TRIM_HORIZON" };
          iterators.set(child.ShardId, await open(client, from));
        }
      }
      if (left > 0) await sleep(POLL_MS);
    }
  });
}

async function open(
  client: TankClient,
  { stream, ShardId, type }: { stream: string; ShardId: string; type: string },
): Promise<string> {
  const place = { StreamName: stream, ShardId, ShardIteratorType: type };
  return (await client.kinesis<{ ShardIterator: string }>("GetShardIterator", place)).ShardIterator;
}

function print(output: Output, shardId: string, record: Read["Records"][number]): void {
  const data = Buffer.from(record.Data, "base64").toString();
  const arrivedAt = record.ApproximateArrivalTimestamp * 1000;
  output.data(
    {
      shardId,
      sequenceNumber: record.SequenceNumber,
      partitionKey: record.PartitionKey,
      arrivedAt: new Date(arrivedAt).toISOString(),
      data,
    },
    `${output.style("dim", clockTime(arrivedAt))}  ${shardId.slice(-4)}  ${record.PartitionKey.padEnd(12)}  ${data}`,
  );
}
