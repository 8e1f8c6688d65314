import {
  type _Record,
  GetRecordsCommand,
  type GetRecordsOutput,
  KinesisClient,
  PutRecordsCommand,
} from "@aws-sdk/client-kinesis";
import { expect, test } from "vitest";
import { type KinesisTank, kinesisTank } from "./streams.ts";

const CALLERS = 4;
const CALLS = 10;
const RECORDS = 500;
const SHARDS = 3;

/** What one caller sent and had acknowledged: each record's text by its sequence number. */
async function produce({ tank }: KinesisTank, caller: number): Promise<Map<string, string>> {
  const kinesis = tank.client(KinesisClient);
  const acknowledged = new Map<string, string>();
  for (let call = 0; call < CALLS; call += 1) {
    const texts = Array.from({ length: RECORDS }, (_, index) => `${caller}/${call}/${index}`);
    const { Records = [] } = await kinesis.send(
      new PutRecordsCommand({
        StreamName: "rides",
        Records: texts.map((text) => ({ Data: Buffer.from(text), PartitionKey: text })),
      }),
    );
    Records.forEach(({ SequenceNumber }, index) => {
      if (SequenceNumber) acknowledged.set(SequenceNumber, texts[index] ?? "");
    });
  }
  return acknowledged;
}

async function readAll(tank: KinesisTank, shard: number): Promise<_Record[]> {
  const records: _Record[] = [];
  let ShardIterator: string | undefined = await tank.iterator("rides", { ShardId: String(shard) });
  for (;;) {
    const command: GetRecordsCommand = new GetRecordsCommand({ ShardIterator, Limit: 3_000 });
    const answer: GetRecordsOutput = await tank.kinesis.send(command);
    if (!answer.Records?.length) return records;
    records.push(...answer.Records);
    ShardIterator = answer.NextShardIterator;
  }
}

test("what four producers at once have acknowledged, 20,000 records, is read back exactly once", async () => {
  await using tank = await kinesisTank({ enforceLimits: false });
  await tank.create("rides", { ShardCount: SHARDS });
  const callers = Array.from({ length: CALLERS }, (_, caller) => produce(tank, caller));
  const produced = await Promise.all(callers);
  const acknowledged = new Map(produced.flatMap((part) => [...part]));
  // Sequence numbers are unique over the stream, or entries would have been lost here.
  expect(acknowledged.size).toBe(CALLERS * CALLS * RECORDS);

  const shards = await Promise.all(
    Array.from({ length: SHARDS }, (_, shard) => readAll(tank, shard)),
  );
  const read = shards.flat();
  expect(read).toHaveLength(acknowledged.size);
  const different = read.filter(
    ({ SequenceNumber = "", Data = new Uint8Array() }) =>
      acknowledged.get(SequenceNumber) !== Buffer.from(Data).toString(),
  );
  expect(different).toEqual([]);
  expect(new Set(read.map(({ SequenceNumber }) => SequenceNumber)).size).toBe(read.length);
  for (const records of shards) {
    expect(records.length).toBeGreaterThan(0);
    const numbers = records.map(({ SequenceNumber }) => BigInt(SequenceNumber ?? 0));
    expect(numbers.every((number, at) => at === 0 || number > (numbers[at - 1] ?? 0n))).toBe(true);
  }
});
