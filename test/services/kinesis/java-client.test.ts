import { request } from "node:http";
import { cbor, tag } from "@smithy/core/cbor";
import { expect, test } from "vitest";
import { type KinesisTank, kinesisTank } from "./streams.ts";

/** Asks as the Java SDKs do by default: AWS JSON's operations with bodies in CBOR. */
function ask({ tank }: KinesisTank, operation: string, input: object) {
  const headers = {
    "x-amz-target": `Kinesis_20131202.${operation}`,
    "content-type": "application/x-amz-cbor-1.1",
    connection: "close",
  };
  return new Promise<{ status: number | undefined; answer: Record<string, unknown> }>(
    (resolve, reject) => {
      const asked = request(tank.url, { method: "POST", headers }, async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk as Buffer);
        const body = Buffer.concat(chunks);
        expect(response.headers["content-type"]).toBe("application/x-amz-cbor-1.1");
        const answer = body.length === 0 ? {} : cbor.deserialize(body);
        resolve({ status: response.statusCode, answer });
      });
      asked.on("error", reject);
      asked.end(cbor.serialize(input));
    },
  );
}

const timestamp = (ms: number) => tag({ tag: 1, value: ms });

test("a Java client puts records and reads them back, bytes as bytes and times in milliseconds", async () => {
  await using tank = await kinesisTank();
  await tank.create("rides");
  const bytes = Buffer.from([0, 127, 128, 255]);
  const at = tank.clock.now();
  const put = await ask(tank, "PutRecord", {
    StreamName: "rides",
    Data: bytes,
    PartitionKey: "潮",
  });
  expect(put.status).toBe(200);
  await tank.clock.advance(1_234);
  const many = await ask(tank, "PutRecords", {
    StreamName: "rides",
    Records: [{ Data: Buffer.from("later"), PartitionKey: "k" }],
  });
  expect(many.answer).toMatchObject({ FailedRecordCount: 0 });

  const read = async (place: object) => {
    const { answer: where } = await ask(tank, "GetShardIterator", {
      StreamName: "rides",
      ShardId: "shardId-000000000000",
      ...place,
    });
    const { ShardIterator } = where;
    return (await ask(tank, "GetRecords", { ShardIterator, Limit: 100 })).answer;
  };

  const all = await read({ ShardIteratorType: "TRIM_HORIZON" });
  expect(all.MillisBehindLatest).toBe(0);
  const [first, second] = all.Records as Record<string, unknown>[];
  expect(first).toMatchObject({
    SequenceNumber: put.answer.SequenceNumber,
    PartitionKey: "潮",
    EncryptionType: "NONE",
    ApproximateArrivalTimestamp: { tag: 1, value: at },
  });
  expect(Buffer.from(first?.Data as Uint8Array)).toEqual(bytes);
  expect(second?.ApproximateArrivalTimestamp).toMatchObject({ tag: 1, value: at + 1_234 });

  for (const [from, count] of [
    [at, 2],
    [at + 1, 1],
    [at + 1_234, 1],
  ] as const) {
    const place = { ShardIteratorType: "AT_TIMESTAMP", Timestamp: timestamp(from) };
    expect((await read(place)).Records, `from ${from - at} ms`).toHaveLength(count);
  }
});

test("a Java client is told errors in CBOR, of operations the tank has and of those it has not", async () => {
  await using tank = await kinesisTank();
  expect(await ask(tank, "DescribeStream", { StreamName: "rides" })).toEqual({
    status: 400,
    answer: {
      __type: "ResourceNotFoundException",
      message: "Stream rides under account 000000000000 not found.",
    },
  });
  expect(await ask(tank, "DescribeStream", { StreamName: 23 })).toEqual({
    status: 400,
    answer: {
      __type: "SerializationException",
      Message: "class java.math.BigDecimal can not be converted to an String",
    },
  });
  expect(await ask(tank, "SubscribeToShard", {})).toMatchObject({
    status: 501,
    answer: { __type: "NotImplemented" },
  });
});

test("an operation without output answers a Java client with an empty body", async () => {
  await using tank = await kinesisTank();
  expect(await ask(tank, "CreateStream", { StreamName: "rides", ShardCount: 1 })).toEqual({
    status: 200,
    answer: {},
  });
  await tank.settle();
  expect(await tank.status("rides")).toBe("ACTIVE");
});
