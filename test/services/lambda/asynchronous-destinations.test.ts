import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  type PutFunctionEventInvokeConfigCommandInput,
  UpdateFunctionConfigurationCommand,
  UpdateFunctionEventInvokeConfigCommand,
} from "@aws-sdk/client-lambda";
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from "@aws-sdk/client-s3";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { functionOf } from "../../support/functions.ts";
import { startTank, until } from "../../support/tank.ts";
import { startLambdaTank } from "./support/lambda-tank.ts";

const BODY = `if (event.fails) throw new Error("no " + event.fails); return { seen: event };`;
const SCORE = "arn:aws:lambda:us-east-1:000000000000:function:score";
const QUEUE = "arn:aws:sqs:us-east-1:000000000000:told";

/** A tank with a function, `score`, and a queue, `told`. */
async function toldTank() {
  const tank = await startTank();
  const lambda = tank.client(LambdaClient);
  const sqs = tank.client(SQSClient);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "told" }));
  const fn = await functionOf(tank, { body: BODY });
  return {
    tank,
    lambda,
    configure: (input: Partial<PutFunctionEventInvokeConfigCommandInput>) =>
      lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName: "score", ...input })),
    send: async (event: object, FunctionName = "score") => {
      const Payload = Buffer.from(JSON.stringify(event));
      const input = { FunctionName, InvocationType: "Event", Payload } as const;
      return (await lambda.send(new InvokeCommand(input))).$metadata.requestId;
    },
    told: async () => {
      const input = { QueueUrl, WaitTimeSeconds: 20, MessageAttributeNames: ["All"] };
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(input));
      const [{ Body = "", MessageAttributes } = {}] = Messages;
      return { body: JSON.parse(Body), attributes: MessageAttributes };
    },
    async [Symbol.asyncDispose]() {
      await tank.stop();
      fn[Symbol.dispose]();
    },
  };
}

test("a queue is told of a success and of a failure, in AWS's record", async () => {
  await using under = await toldTank();
  const to = { Destination: QUEUE };
  const DestinationConfig = { OnSuccess: to, OnFailure: to };
  const put = await under.configure({ MaximumRetryAttempts: 0, DestinationConfig });
  expect(put.DestinationConfig).toEqual(DestinationConfig);
  const requestId = await under.send({ n: 1 });
  expect((await under.told()).body).toEqual({
    version: "1.0",
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    requestContext: {
      requestId,
      functionArn: `${SCORE}:$LATEST`,
      condition: "Success",
      approximateInvokeCount: 1,
    },
    requestPayload: { n: 1 },
    responseContext: { statusCode: 200, executedVersion: "$LATEST" },
    responsePayload: { seen: { n: 1 } },
  });
  await under.send({ fails: "today" });
  expect((await under.told()).body).toMatchObject({
    requestContext: { condition: "RetriesExhausted", approximateInvokeCount: 1 },
    requestPayload: { fails: "today" },
    responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
    responsePayload: { errorType: "Error", errorMessage: "no today" },
  });
});

test("a dead-letter queue is given the event as it was, and what went wrong", async () => {
  await using under = await toldTank();
  const { lambda } = under;
  const FunctionName = "score";
  const described = await lambda.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName,
      DeadLetterConfig: { TargetArn: QUEUE },
    }),
  );
  expect(described.DeadLetterConfig).toEqual({ TargetArn: QUEUE });
  await until(async () => {
    const asked = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    return asked.LastUpdateStatus === "Successful";
  });
  await under.configure({ MaximumRetryAttempts: 0 });
  const requestId = await under.send({ fails: "€".repeat(1_000) });
  const { body, attributes } = await under.told();
  expect(body).toEqual({ fails: "€".repeat(1_000) });
  expect(attributes).toEqual({
    RequestID: { DataType: "String", StringValue: requestId },
    ErrorCode: { DataType: "Number", StringValue: "200" },
    ErrorMessage: { DataType: "String", StringValue: `no ${"€".repeat(340)}` },
  });
});

test("without reserved concurrency an event goes to the failure's destination unrun", async () => {
  await using under = await toldTank();
  const { lambda } = under;
  const FunctionName = "score";
  await under.configure({ DestinationConfig: { OnFailure: { Destination: QUEUE } } });
  const ReservedConcurrentExecutions = 0;
  await lambda.send(
    new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }),
  );
  await under.send({ n: 2 });
  const { body } = await under.told();
  expect(body).toMatchObject({
    requestContext: { condition: "ZeroReservedConcurrency", approximateInvokeCount: 0 },
    requestPayload: { n: 2 },
  });
  expect(body).not.toHaveProperty("responsePayload");
  await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
});

test("a function is invoked with the record, and may tell its own destination", async () => {
  await using under = await toldTank();
  using next = await functionOf(under.tank, { name: "next", body: "return { next: event };" });
  await under.configure({ DestinationConfig: { OnSuccess: { Destination: next.arn } } });
  await under.configure({
    FunctionName: "next",
    DestinationConfig: { OnSuccess: { Destination: QUEUE } },
  });
  await under.send({ n: 3 });
  const { body } = await under.told();
  expect(body.requestContext.functionArn).toBe(`${next.arn}:$LATEST`);
  expect(body.responsePayload.next.responsePayload).toEqual({ seen: { n: 3 } });
});

test("a bucket keeps records of failures", async () => {
  await using under = await toldTank();
  const s3 = under.tank.client(S3Client, { forcePathStyle: true } as object);
  await s3.send(new CreateBucketCommand({ Bucket: "failed" }));
  const DestinationConfig = { OnFailure: { Destination: "arn:aws:s3:::failed" } };
  await under.configure({ MaximumRetryAttempts: 0, DestinationConfig });
  await under.send({ fails: "s3" });
  const Key = await until(async () => {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: "failed" }));
    return Contents[0]?.Key;
  });
  expect(Key).toMatch(
    /^aws\/lambda\/async\/score\/\d{4}\/\d\d\/\d\d\/\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d-[\da-f-]{36}$/,
  );
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: "failed", Key }));
  expect(JSON.parse(String(await Body?.transformToString()))).toMatchObject({
    requestContext: { condition: "RetriesExhausted" },
    requestPayload: { fails: "s3" },
  });
});

test("an update keeps destinations that it does not name", async () => {
  await using under = await toldTank();
  const DestinationConfig = { OnSuccess: { Destination: QUEUE }, OnFailure: {} };
  await under.configure({ DestinationConfig });
  const updated = await under.lambda.send(
    new UpdateFunctionEventInvokeConfigCommand({ FunctionName: "score", MaximumRetryAttempts: 1 }),
  );
  expect(updated).toMatchObject({ DestinationConfig, MaximumRetryAttempts: 1 });
});

test("a destination and a dead-letter queue that take nothing are warned of and measured", async () => {
  const refuse = async () => {
    throw new Error("The specified queue does not exist.");
  };
  const destinations = { send: refuse, write: refuse };
  await using tank = await startLambdaTank({
    needs: { destinations, deadLetters: { bury: refuse } },
  });
  await tank.create(
    { "index.mjs": "export const handler = async () => { throw new Error('no'); };" },
    { DeadLetterConfig: { TargetArn: QUEUE } },
  );
  await tank.lambda.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: "score",
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: QUEUE } },
    }),
  );
  await tank.invoke("score", {}, { InvocationType: "Event" });
  const counted = (name: string) => tank.measured.filter((each) => each.name === name).length;
  await until(() => counted("DestinationDeliveryFailures") + counted("DeadLetterErrors") === 2);
  const warnings = tank.seen.filter(
    (event) => event.type === "warning" && event.message.startsWith("score could not tell"),
  );
  expect(warnings).toHaveLength(2);
  expect(warnings[0]).toMatchObject({
    message: `score could not tell ${QUEUE}: The specified queue does not exist.`,
  });
});

test("an event that is too old for its next run is told with its last answer", async () => {
  const clock = new ManualClock();
  const told: string[] = [];
  const destinations = {
    send: async (_arn: string, document: string) => {
      told.push(document);
    },
    write: async () => undefined,
  };
  await using tank = await startLambdaTank({ clock, needs: { destinations } });
  await tank.create({
    "index.mjs": "export const handler = async () => { throw new Error('no'); };",
  });
  await tank.lambda.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: "score",
      MaximumEventAgeInSeconds: 100,
      DestinationConfig: { OnFailure: { Destination: QUEUE } },
    }),
  );
  await tank.invoke("score", {}, { InvocationType: "Event" });
  const ran = (count: number) =>
    until(() => tank.seen.filter(({ type }) => type === "invocation").length === count);
  await ran(1);
  // What follows an answer is done once the event loop has come round.
  await clock.advance(0);
  await clock.advance(60_000);
  await ran(2);
  await until(() => told.length > 0);
  expect(JSON.parse(told[0] ?? "")).toMatchObject({
    requestContext: { condition: "EventAgeExceeded", approximateInvokeCount: 2 },
    responsePayload: { errorMessage: "no" },
  });
});

test.each([
  ["OnSuccess", "arn:aws:sns:us-east-1:000000000000:topic", /OnSuccess in SNS is not emulated/],
  ["OnFailure", "arn:aws:events:us-east-1:000000000000:event-bus/x", /in EventBridge is not/],
  ["OnSuccess", "arn:aws:s3:::bucket", /is invalid/],
  ["OnFailure", SCORE, /can't specify the function as a destination for itself/],
])("%s to %s is refused", async (name, Destination, message) => {
  await using under = await toldTank();
  const DestinationConfig = { [name]: { Destination } };
  await expect(under.configure({ DestinationConfig })).rejects.toThrow(message);
});
