import * as model from "@aws-sdk/client-kinesis";
import { GetRecords$, GetShardIterator$, PutRecord$ } from "@aws-sdk/client-kinesis";
import { CborCodec, cbor, tag } from "@smithy/core/cbor";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Base64 } from "../../emulator/core/base64.ts";
import { AwsError } from "../../emulator/core/errors.ts";
import { edgeOf, recording, service, wireRequest } from "./in-process.ts";
import { javaCbor } from "./java-cbor.ts";
import { documentOperations, plain, shape } from "./shapes.ts";

const CBOR = "application/x-amz-cbor-1.1";

const kinesis = (operations = {}) =>
  service({
    target: "Kinesis_20131202",
    protocol: "aws-json-1.1",
    model: async () => model,
    operations,
  });

function ask(edge: ReturnType<typeof edgeOf>, operation: string, body: Uint8Array) {
  const headers = { "x-amz-target": `Kinesis_20131202.${operation}`, "content-type": CBOR };
  return edge.handle(wireRequest({ headers, body: Buffer.from(body) }));
}

/** What CBOR says, with its timestamps as dates: tag 1 holds milliseconds here. */
function read(body: string | Uint8Array): unknown {
  const dated = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(dated);
    if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
    if ("tag" in value && "value" in value && value.tag === 1) return new Date(Number(value.value));
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, dated(member)]));
  };
  return dated(body.length === 0 ? {} : cbor.deserialize(Buffer.from(body)));
}

for (const { name, schema } of documentOperations(model)) {
  test(`${name} arrives as a Java client sent it in CBOR, and its answer as it was given`, async () => {
    await fc.assert(
      fc.asyncProperty(shape(schema[4]), shape(schema[5]), async (input, output) => {
        const { inputs, operation } = recording(schema, () => output);
        const answer = await ask(edgeOf(kinesis({ [name]: operation })), name, javaCbor(input));
        expect(answer.status).toBe(200);
        expect(answer.headers["content-type"]).toBe(CBOR);
        expect(plain(inputs[0])).toEqual(plain(input));
        expect(plain(read(answer.body))).toEqual(plain(output));
      }),
      { numRuns: 10 },
    );
  });
}

test("what AWS's own CBOR codec writes is read, and what the tank writes it reads", async () => {
  const codec = new CborCodec();
  const noTimestamps = { StreamName: "tide", PartitionKey: "k", ExplicitHashKey: "7" };
  await fc.assert(
    fc.asyncProperty(fc.uint8Array(), async (bytes) => {
      const input = { ...noTimestamps, Data: Buffer.from(bytes) };
      const output = { ShardId: "shardId-000000000000", SequenceNumber: "1" };
      const { inputs, operation } = recording(PutRecord$, () => output);
      const serializer = codec.createSerializer();
      serializer.write(PutRecord$[4] as never, input);
      const body = serializer.flush() as Uint8Array;
      const answer = await ask(edgeOf(kinesis({ PutRecord: operation })), "PutRecord", body);
      expect(plain(inputs[0])).toEqual(plain(input));
      const deserializer = codec.createDeserializer();
      expect(await deserializer.read(PutRecord$[5] as never, Buffer.from(answer.body))).toEqual(
        output,
      );
    }),
  );
});

test("the bytes that a Java client sends for PutRecord are understood", async () => {
  // {_ "StreamName": "tide", "Data": h'6869', "PartitionKey": "k"}
  const hex =
    "bf6a53747265616d4e616d6564746964656444617461426869" + "6c506172746974696f6e4b6579616bff";
  const { inputs, operation } = recording(PutRecord$, () => ({
    ShardId: "s",
    SequenceNumber: "1",
  }));
  const edge = edgeOf(kinesis({ PutRecord: operation }));
  expect((await ask(edge, "PutRecord", Buffer.from(hex, "hex"))).status).toBe(200);
  expect(plain(inputs)).toEqual([{ StreamName: "tide", Data: "bytes:6869", PartitionKey: "k" }]);
});

test("a timestamp is tag 1 with milliseconds, whether an integer, a large integer or bare", async () => {
  const at = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
  const { inputs, operation } = recording(GetShardIterator$, () => ({}));
  const edge = edgeOf(kinesis({ GetShardIterator: operation }));
  const question = { StreamName: "tide", ShardId: "0", ShardIteratorType: "AT_TIMESTAMP" };
  for (const Timestamp of [tag({ tag: 1, value: at }), tag({ tag: 1, value: BigInt(at) }), at]) {
    await ask(edge, "GetShardIterator", cbor.serialize({ ...question, Timestamp }));
  }
  expect(inputs).toEqual(Array(3).fill({ ...question, Timestamp: new Date(at) }));
});

test("a timestamp is answered as tag 1 with an integer, for a float makes Java SDKs fail", async () => {
  const at = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
  const { operation } = recording(GetRecords$, () => ({
    Records: [
      {
        SequenceNumber: "1",
        ApproximateArrivalTimestamp: new Date(at),
        Data: Buffer.from("hi"),
        PartitionKey: "k",
      },
    ],
  }));
  const answer = await ask(
    edgeOf(kinesis({ GetRecords: operation })),
    "GetRecords",
    javaCbor({ ShardIterator: "i" }),
  );
  const name = Buffer.from("ApproximateArrivalTimestamp").toString("hex");
  const integer = Buffer.alloc(8);
  integer.writeBigUInt64BE(BigInt(at));
  expect(Buffer.from(answer.body).toString("hex")).toContain(
    `${name}c11b${integer.toString("hex")}`,
  );
});

test("data that is base64 inside the tank leaves it as a byte string", async () => {
  const { operation } = recording(GetRecords$, () => ({
    Records: [{ SequenceNumber: "1", Data: new Base64("aGk=") as never, PartitionKey: "k" }],
  }));
  const edge = edgeOf(kinesis({ GetRecords: operation }));
  const { body } = await ask(edge, "GetRecords", javaCbor({ ShardIterator: "i" }));
  expect(plain(read(body))).toEqual({
    Records: [{ SequenceNumber: "1", Data: "bytes:6869", PartitionKey: "k" }],
  });
});

test("an error is the same map in CBOR", async () => {
  const { operation } = recording(PutRecord$, () => {
    throw new AwsError("ResourceNotFoundException", "Stream tide not found.");
  });
  const edge = edgeOf(kinesis({ PutRecord: operation }));
  const input = { StreamName: "tide", Data: Buffer.from("x"), PartitionKey: "k" };
  const answer = await ask(edge, "PutRecord", javaCbor(input));
  expect(answer.status).toBe(400);
  expect(answer.headers).toMatchObject({ "content-type": CBOR });
  expect(cbor.deserialize(Buffer.from(answer.body))).toEqual({
    __type: "ResourceNotFoundException",
    message: "Stream tide not found.",
  });
});

test("bytes that are no CBOR, of the wrong type, or none at all are a SerializationException", async () => {
  const { inputs, operation } = recording(PutRecord$, () => ({ ShardId: "", SequenceNumber: "" }));
  const edge = edgeOf(kinesis({ PutRecord: operation }));
  for (const body of [
    Buffer.alloc(0),
    Buffer.from([0xbf, 0x61]),
    Buffer.from("{}"),
    javaCbor([1]),
    javaCbor({ StreamName: 23 }),
    // In CBOR a blob is bytes, not base64 text.
    javaCbor({ StreamName: "tide", Data: "aGk=", PartitionKey: "k" }),
  ]) {
    const answer = await ask(edge, "PutRecord", body);
    expect(answer.status, body.toString("hex")).toBe(400);
    expect(cbor.deserialize(Buffer.from(answer.body))).toMatchObject({
      __type: "SerializationException",
    });
  }
  expect(inputs).toEqual([]);
});
