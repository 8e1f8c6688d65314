import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  PutRecordCommand,
  PutRecordsCommand,
} from "@aws-sdk/client-kinesis";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { drive, jsonCall, RawClient } from "./load.ts";
import type { Server } from "./process.ts";

const STREAM = "bench";
const CALLERS = 16;
const RECORDS_PER_CALL = 500;
/** What the null server answers too, so that every engine moves the same bytes. */
const RECORDS_PER_READ = 1000;
const data = Buffer.from(
  JSON.stringify({ ride: { PULocationID: 130, DOLocationID: 205, trip_distance: 3.66 } }).padEnd(
    200,
  ),
);
const entries = Array.from({ length: RECORDS_PER_CALL }, (_, index) => ({
  Data: data,
  PartitionKey: `key-${index}`,
}));

export interface KinesisFigures {
  /** Requests per second. */
  putRecord: number;
  /** Records per second. */
  putRecords: number;
  getRecords: number;
}

/** One round with the AWS SDK, over HTTP/1.1, which all engines speak. */
export async function sdkRound({ url }: Server, seconds: number): Promise<KinesisFigures> {
  const client = new KinesisClient({
    endpoint: url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    requestHandler: new NodeHttpHandler(),
  });
  await createStream(client);
  const load = { callers: CALLERS, seconds };
  const put = await drive((index) => {
    const input = { StreamName: STREAM, Data: data, PartitionKey: `key-${index}` };
    return client.send(new PutRecordCommand(input));
  }, load);
  const puts = await drive(
    () => client.send(new PutRecordsCommand({ StreamName: STREAM, Records: entries })),
    { callers: 4, seconds },
  );
  const place = { StreamName: STREAM, ShardId: "shardId-000000000000" };
  const { ShardIterator } = await client.send(
    new GetShardIteratorCommand({ ...place, ShardIteratorType: "TRIM_HORIZON" }),
  );
  let read = 0;
  const gets = await drive(
    async () => {
      const { Records = [] } = await client.send(
        new GetRecordsCommand({ ShardIterator, Limit: RECORDS_PER_READ }),
      );
      read += Records.length;
    },
    { callers: 4, seconds },
  );
  client.destroy();
  return {
    putRecord: put.rate,
    putRecords: puts.rate * RECORDS_PER_CALL,
    getRecords: read / gets.seconds,
  };
}

/** Records per second with requests encoded beforehand. */
export async function rawRound(server: Server, seconds: number): Promise<number> {
  using client = await RawClient.connect(server.url, 4);
  const Records = entries.map((entry) => ({ ...entry, Data: data.toString("base64") }));
  const call = client.encode(
    jsonCall("Kinesis_20131202.PutRecords", { StreamName: STREAM, Records }),
  );
  const { rate } = await drive(() => client.send(call), { callers: 4, seconds });
  return rate * RECORDS_PER_CALL;
}

async function createStream(client: KinesisClient): Promise<void> {
  try {
    await client.send(new CreateStreamCommand({ StreamName: STREAM, ShardCount: 1 }));
  } catch (error) {
    if ((error as Error).name !== "ResourceInUseException") throw error;
  }
  for (;;) {
    const summary = await client.send(new DescribeStreamSummaryCommand({ StreamName: STREAM }));
    if (summary.StreamDescriptionSummary?.StreamStatus === "ACTIVE") return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
