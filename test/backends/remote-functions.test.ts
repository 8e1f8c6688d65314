import { KinesisClient, PutRecordCommand } from "@aws-sdk/client-kinesis";
import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
} from "@aws-sdk/client-lambda";
import { strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import { until } from "../support/tank.ts";
import { tankBefore } from "./support.ts";

const STREAM_ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/rides";
const code = `export const handler = async ({ Records = [] }) => {
  console.log("got " + Records.map(({ kinesis }) => atob(kinesis.data)));
  return Records.length;
};`;

const createFunction = new CreateFunctionCommand({
  FunctionName: "count",
  Role: "arn:aws:iam::000000000000:role/count",
  Runtime: "nodejs22.x",
  Handler: "index.handler",
  Code: { ZipFile: zipSync({ "index.mjs": strToU8(code) }) },
});

test("a mapping here reads a stream here for a function elsewhere", async () => {
  await using under = await tankBefore({ lambda: "localstack" });
  const { tank, behind } = under;
  const printed: string[] = [];
  behind.events.on((event) => {
    if (event.type === "print") printed.push(event.line);
  });
  const lambda = tank.client(LambdaClient);
  await lambda.send(createFunction);
  const invoked = await until(() =>
    lambda.send(new InvokeCommand({ FunctionName: "count" })).catch(() => undefined),
  );
  expect(invoked.Payload?.transformToString()).toBe("0");

  await tank.call("kinesis", "CreateStream", { StreamName: "rides", ShardCount: 1 });
  const mapping = await lambda.send(
    new CreateEventSourceMappingCommand({
      FunctionName: "count",
      EventSourceArn: STREAM_ARN,
      StartingPosition: "TRIM_HORIZON",
    }),
  );
  const list = new ListEventSourceMappingsCommand({});
  expect((await lambda.send(list)).EventSourceMappings).toMatchObject([{ UUID: mapping.UUID }]);
  expect((await behind.client(LambdaClient).send(list)).EventSourceMappings).toEqual([]);
  const put = { StreamName: "rides", PartitionKey: "1", Data: Buffer.from("a ride") };
  await until(() =>
    tank
      .client(KinesisClient)
      .send(new PutRecordCommand(put))
      .catch(() => false),
  );
  await until(() => printed.some((line) => line.includes("got a ride")));
});

test("a mapping to a function that is not there is refused", async () => {
  await using under = await tankBefore({ lambda: "localstack" });
  await under.tank.call("kinesis", "CreateStream", { StreamName: "rides", ShardCount: 1 });
  const create = new CreateEventSourceMappingCommand({
    FunctionName: "nobody",
    EventSourceArn: STREAM_ARN,
    StartingPosition: "LATEST",
  });
  await expect(under.tank.client(LambdaClient).send(create)).rejects.toThrow(
    "Function does not exist",
  );
});
