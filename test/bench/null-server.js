// Answers Kinesis' hot operations with canned bytes: what it reaches is the client's own ceiling.
import { createServer } from "node:http";

const sequenceNumber = "49680417458464760237454565971071489504443346527373492258";
const shardId = "shardId-000000000000";
const data = Buffer.from("null ".repeat(40)).toString("base64");
const record = (index) => ({
  SequenceNumber: sequenceNumber,
  ApproximateArrivalTimestamp: 1_790_000_000.123,
  Data: data,
  PartitionKey: `key-${index}`,
  EncryptionType: "NONE",
});

const answers = {
  CreateStream: "",
  DescribeStreamSummary: JSON.stringify({ StreamDescriptionSummary: { StreamStatus: "ACTIVE" } }),
  GetShardIterator: JSON.stringify({ ShardIterator: "AAAA" }),
  PutRecord: JSON.stringify({ ShardId: shardId, SequenceNumber: sequenceNumber }),
  PutRecords: JSON.stringify({
    FailedRecordCount: 0,
    Records: Array.from({ length: 500 }, () => ({
      SequenceNumber: sequenceNumber,
      ShardId: shardId,
    })),
  }),
  GetRecords: JSON.stringify({
    MillisBehindLatest: 1,
    NextShardIterator: "AAAA",
    Records: Array.from({ length: 1000 }, (_, index) => record(index)),
  }),
};

createServer((request, response) => {
  request.resume().on("end", () => {
    const operation = String(request.headers["x-amz-target"]).split(".")[1];
    const body = answers[operation] ?? "{}";
    response.writeHead(200, {
      "content-type": "application/x-amz-json-1.1",
      "content-length": body.length,
    });
    response.end(body);
  });
}).listen(Number(process.argv[2]), "127.0.0.1");
