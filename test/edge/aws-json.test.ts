import * as model from "@aws-sdk/client-kinesis";
import {
  CreateStreamCommand,
  KinesisClient,
  LimitExceededException,
  PutRecord$,
  PutRecordCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-kinesis";
import type { MetadataBearer } from "@smithy/types";
import fc from "fast-check";
import { expect, test } from "vitest";
import { AwsError } from "../../emulator/core/errors.ts";
import { clientConfig, edgeOf, recording, service, wireRequest } from "./in-process.ts";
import { documentOperations, plain, shape } from "./shapes.ts";

const kinesis = (operations = {}) =>
  service({
    target: "Kinesis_20131202",
    protocol: "aws-json-1.1",
    model: async () => model,
    operations,
  });

const headers = (operation: string) => ({
  "x-amz-target": `Kinesis_20131202.${operation}`,
  "content-type": "application/x-amz-json-1.1",
});

for (const { name, schema, Command } of documentOperations(model)) {
  test(`${name} arrives as AWS's own client sent it, and its answer as it was given`, async () => {
    await fc.assert(
      fc.asyncProperty(shape(schema[4]), shape(schema[5]), async (input, output) => {
        const { inputs, operation } = recording(schema, () => output);
        const client = new KinesisClient(clientConfig(edgeOf(kinesis({ [name]: operation }))));
        const { $metadata, ...members } = (await client.send(new Command(input))) as MetadataBearer;
        expect($metadata.httpStatusCode).toBe(200);
        expect(plain(inputs[0])).toEqual(plain(input));
        expect(plain(members)).toEqual(plain(output));
      }),
      { numRuns: 15 },
    );
  });
}

const putRecord = recording(PutRecord$, () => ({ ShardId: "s", SequenceNumber: "1" }));
const edge = edgeOf(kinesis({ PutRecord: putRecord.operation }));
const put = (body: string | Buffer) =>
  edge.handle(wireRequest({ headers: headers("PutRecord"), body: Buffer.from(body) }));
const told = async (body: string) => {
  const answer = await put(body);
  return { status: answer.status, ...JSON.parse(String(answer.body)) };
};

test("a body that is no JSON, or none at all, is answered by the bare name", async () => {
  for (const body of ["", "hello", "{", '{"a":', "\u0000"]) {
    expect(await told(body), body).toEqual({ status: 400, __type: "SerializationException" });
  }
});

test("JSON that nests deeper than any shape of AWS is refused", async () => {
  const deep = `{"StreamName":${"[".repeat(5_000)}${"]".repeat(5_000)}}`;
  expect((await told(deep)).__type).toBe("SerializationException");
});

test("a value of another type is refused in the words of AWS's Java", async () => {
  const refused = async (members: object) => {
    const { status, __type, Message } = await told(JSON.stringify(members));
    expect([status, __type]).toEqual([400, "SerializationException"]);
    return Message;
  };
  expect(await refused({ StreamName: 23 })).toBe(
    "class java.math.BigDecimal can not be converted to an String",
  );
  expect(await refused({ StreamName: true })).toBe(
    "class java.lang.Boolean can not be converted to an String",
  );
  expect(await refused({ StreamName: ["a"] })).toBe("Start of list found where not expected");
  expect(await refused({ StreamName: {} })).toBe(
    "Start of structure or map found where not expected.",
  );
  expect(await refused({ Data: 23 })).toBe(
    "class java.math.BigDecimal can not be converted to a Blob",
  );
  expect(await refused({ Data: "abc" })).toBe(
    "'abc' can not be converted to a Blob: Base64 encoded length is expected a multiple of 4 bytes but found: 3",
  );
  expect(await refused({ Data: "ab_=" })).toBe(
    "'ab_=' can not be converted to a Blob: Invalid Base64 character: '_'",
  );
});

test("numbers, lists, maps and timestamps of another type are refused as well", async () => {
  const { operation } = recording(model.ListShards$, () => ({}));
  const create = recording(model.CreateStream$, () => undefined);
  const records = recording(model.PutRecords$, () => ({ Records: [] }));
  const edge = edgeOf(
    kinesis({
      ListShards: operation,
      CreateStream: create.operation,
      PutRecords: records.operation,
    }),
  );
  const refused = async (name: string, members: object) => {
    const body = Buffer.from(JSON.stringify(members));
    const answer = await edge.handle(wireRequest({ headers: headers(name), body }));
    const { __type, Message } = JSON.parse(String(answer.body));
    expect(__type).toBe("SerializationException");
    return Message;
  };
  expect(await refused("ListShards", { MaxResults: "5" })).toBe(
    "class java.lang.String can not be converted to an Integer",
  );
  expect(await refused("ListShards", { MaxResults: false })).toBe(
    "class java.lang.Boolean can not be converted to an Integer",
  );
  expect(await refused("ListShards", { ShardFilter: "x" })).toBe("Expected null");
  expect(await refused("ListShards", { ShardFilter: [] })).toBe(
    "Start of list found where not expected",
  );
  expect(await refused("PutRecords", { Records: {} })).toBe(
    "Start of structure or map found where not expected.",
  );
  expect(await refused("PutRecords", { Records: "x" })).toBe("Expected list or null");
  expect(await refused("CreateStream", { Tags: "x" })).toBe("Expected map or null");
  await refused("ListShards", { StreamCreationTimestamp: "yesterday" });
  expect(create.inputs).toEqual([]);
});

test("members that AWS does not know are dropped, and null counts as absent", async () => {
  putRecord.inputs.length = 0;
  const known = { StreamName: "a", Data: "aGk=", PartitionKey: "k" };
  await put(JSON.stringify({ ...known, Colour: "blue", ExplicitHashKey: null, constructor: 1 }));
  expect(plain(putRecord.inputs)).toEqual([
    { StreamName: "a", Data: "bytes:6869", PartitionKey: "k" },
  ]);
});

test("an operation without output answers 200 with an empty body", async () => {
  const { operation } = recording(model.CreateStream$, () => undefined);
  const edge = edgeOf(kinesis({ CreateStream: operation }));
  const answer = await edge.handle(
    wireRequest({ headers: headers("CreateStream"), body: Buffer.from('{"StreamName":"a"}') }),
  );
  expect(answer).toMatchObject({ status: 200, body: "" });
  expect(answer.headers["content-type"]).toBe("application/x-amz-json-1.1");
});

test("errors reach the client as instances of AWS's types, with message, status and request id", async () => {
  for (const [Type, code] of [
    [ResourceNotFoundException, "ResourceNotFoundException"],
    [LimitExceededException, "LimitExceededException"],
  ] as const) {
    const { operation } = recording(PutRecord$, () => {
      throw new AwsError(code, "Stream tide under account 000000000000 not found.");
    });
    const client = new KinesisClient(clientConfig(edgeOf(kinesis({ PutRecord: operation }))));
    const input = { StreamName: "tide", Data: Buffer.from("x"), PartitionKey: "k" };
    const error = await client.send(new PutRecordCommand(input)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Type);
    expect(error).toMatchObject({
      name: code,
      message: "Stream tide under account 000000000000 not found.",
      $fault: "client",
      $metadata: { httpStatusCode: 400, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
  }
});

test("what is our own fault reaches the client as InternalFailure with status 500", async () => {
  const { operation } = recording(model.CreateStream$, () => {
    throw new TypeError("we divided by zero");
  });
  const client = new KinesisClient(clientConfig(edgeOf(kinesis({ CreateStream: operation }))));
  await expect(client.send(new CreateStreamCommand({ StreamName: "a" }))).rejects.toMatchObject({
    name: "InternalFailure",
    message: "Internal Service Failure",
    $metadata: { httpStatusCode: 500 },
  });
});
