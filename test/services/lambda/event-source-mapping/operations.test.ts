import {
  CreateStreamCommand,
  DeleteStreamCommand,
  KinesisClient,
  PutRecordCommand,
} from "@aws-sdk/client-kinesis";
import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  CreateFunctionCommand,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { startTank, until } from "../../../support/tank.ts";

const STREAM_ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/rides";
const FUNCTION_ARN = "arn:aws:lambda:us-east-1:000000000000:function:predict";

/** A tank with a stream and a function that prints how many records it got. */
async function prepared() {
  const tank = await startTank();
  const lambda = tank.client(LambdaClient);
  await tank.call("kinesis", "CreateStream", { StreamName: "rides", ShardCount: 1 });
  const code = "exports.handler = async ({ Records }) => console.log('got', Records.length);";
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: "predict",
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Role: "arn:aws:iam::000000000000:role/predict",
      Code: { ZipFile: zipSync({ "index.js": Buffer.from(code) }) },
    }),
  );
  const printed: string[] = [];
  tank.events.on((event) => {
    if (event.type === "print") printed.push(event.line);
  });
  const create = (changes: Partial<CreateEventSourceMappingCommandInput> = {}) =>
    lambda.send(
      new CreateEventSourceMappingCommand({
        FunctionName: "predict",
        EventSourceArn: STREAM_ARN,
        StartingPosition: "LATEST",
        ...changes,
      }),
    );
  return { tank, lambda, printed, create, [Symbol.asyncDispose]: () => tank.stop() };
}

test("a new mapping is described with all of AWS's keys and defaults", async () => {
  await using under = await prepared();
  const { $metadata, ...mapping } = await under.create();
  expect($metadata.httpStatusCode).toBe(202);
  expect(mapping).toEqual({
    UUID: expect.stringMatching(/^[0-9a-f-]{36}$/),
    EventSourceMappingArn: `arn:aws:lambda:us-east-1:000000000000:event-source-mapping:${mapping.UUID}`,
    BatchSize: 100,
    BisectBatchOnFunctionError: false,
    DestinationConfig: { OnFailure: {} },
    EventSourceArn: STREAM_ARN,
    FunctionArn: FUNCTION_ARN,
    FunctionResponseTypes: [],
    LastModified: expect.any(Date),
    LastProcessingResult: "No records processed",
    MaximumBatchingWindowInSeconds: 0,
    MaximumRecordAgeInSeconds: -1,
    MaximumRetryAttempts: -1,
    ParallelizationFactor: 1,
    StartingPosition: "LATEST",
    State: "Creating",
    StateTransitionReason: "User action",
    TumblingWindowInSeconds: 0,
  });
});

test("a mapping delivers to its function, is switched off and on, and deleted", async () => {
  await using under = await prepared();
  const { lambda, tank, printed } = under;
  const { UUID } = await under.create();
  const state = async () => (await lambda.send(new GetEventSourceMappingCommand({ UUID }))).State;
  await until(async () => (await state()) === "Enabled");
  const put = () =>
    tank
      .client(KinesisClient)
      .send(
        new PutRecordCommand({ StreamName: "rides", PartitionKey: "1", Data: Buffer.from("x") }),
      );
  await until(async () => (await put().catch(() => undefined)) !== undefined);
  await until(() => printed.some((line) => line.includes("got 1")));
  const off = await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }));
  expect(off.State).toBe("Disabling");
  await until(async () => (await state()) === "Disabled");
  await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true, BatchSize: 7 }));
  await until(async () => (await state()) === "Enabled");
  const { EventSourceMappings } = await lambda.send(
    new ListEventSourceMappingsCommand({ FunctionName: "predict", EventSourceArn: STREAM_ARN }),
  );
  expect(EventSourceMappings).toMatchObject([{ UUID, BatchSize: 7, LastProcessingResult: "OK" }]);
  const deleted = await lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
  expect(deleted.State).toBe("Deleting");
  await until(
    async () => (await state().catch((error) => error.name)) === "ResourceNotFoundException",
  );
});

test("mappings are listed in pages", async () => {
  await using under = await prepared();
  const { lambda, tank } = under;
  await tank.call("kinesis", "CreateStream", { StreamName: "more", ShardCount: 1 });
  const first = await under.create();
  const second = await under.create({ EventSourceArn: STREAM_ARN.replace("rides", "more") });
  const page = await lambda.send(new ListEventSourceMappingsCommand({ MaxItems: 1 }));
  expect(page.EventSourceMappings?.map(({ UUID }) => UUID)).toEqual([first.UUID]);
  const rest = await lambda.send(new ListEventSourceMappingsCommand({ Marker: page.NextMarker }));
  expect(rest.EventSourceMappings?.map(({ UUID }) => UUID)).toEqual([second.UUID]);
  expect(rest.NextMarker).toBeUndefined();
});

test("a mapping outlives its stream, and is still described", async () => {
  await using under = await prepared();
  const { UUID } = await under.create();
  await under.tank.client(KinesisClient).send(new DeleteStreamCommand({ StreamName: "rides" }));
  await under.tank.client(KinesisClient).send(new CreateStreamCommand({ StreamName: "other" }));
  const mapping = await under.lambda.send(new GetEventSourceMappingCommand({ UUID }));
  expect(mapping.EventSourceArn).toBe(STREAM_ARN);
});

test("a stream that is deleted and created anew is read again", async () => {
  await using under = await prepared();
  const { tank, printed } = under;
  await under.create();
  const kinesis = tank.client(KinesisClient);
  await kinesis.send(new DeleteStreamCommand({ StreamName: "rides" }));
  const create = new CreateStreamCommand({ StreamName: "rides", ShardCount: 1 });
  await until(() => kinesis.send(create).catch(() => undefined));
  const put = { StreamName: "rides", PartitionKey: "1", Data: Buffer.from("x") };
  await until(() => kinesis.send(new PutRecordCommand(put)).catch(() => undefined));
  await until(() => printed.some((line) => line.includes("got 1")));
});

describe("rejects", () => {
  const invalid = "InvalidParameterValueException";
  test.each<[string, Partial<CreateEventSourceMappingCommandInput>, string, string]>([
    [
      "a stream that is not there",
      { EventSourceArn: STREAM_ARN.replace("rides", "nowhere") },
      invalid,
      "Stream not found: arn:aws:kinesis:us-east-1:000000000000:stream/nowhere",
    ],
    ["no source", { EventSourceArn: undefined }, invalid, "Unrecognized event source."],
    [
      "another kind of source",
      { EventSourceArn: "arn:aws:sqs:us-east-1:000000000000:queue" },
      invalid,
      "Event sources of sqs are not emulated by Wavetank yet; Kinesis streams are.",
    ],
    [
      "a function that is not there",
      { FunctionName: "nobody" },
      invalid,
      "Function does not exist",
    ],
    [
      "no starting position",
      { StartingPosition: undefined },
      invalid,
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    ],
    [
      "a starting position that AWS has not",
      { StartingPosition: "EARLIEST" as "LATEST" },
      "ValidationException",
      "1 validation error detected: Value 'EARLIEST' at 'startingPosition' failed to satisfy constraint: Member must satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]",
    ],
    [
      "AT_TIMESTAMP without one",
      { StartingPosition: "AT_TIMESTAMP" },
      invalid,
      "StartingPositionTimestamp must be set",
    ],
    [
      "a record age below a minute",
      { MaximumRecordAgeInSeconds: 30 },
      invalid,
      "MaximumRecordAgeInSeconds must be",
    ],
    [
      "more lanes than ten",
      { ParallelizationFactor: 11 },
      "ValidationException",
      "less than or equal to 10",
    ],
    [
      "a filter that is no pattern",
      { FilterCriteria: { Filters: [{ Pattern: '{"data":{"kind":"ride"}}' }] } },
      invalid,
      "Invalid filter pattern definition.",
    ],
    [
      "more filters than five",
      { FilterCriteria: { Filters: Array(6).fill({ Pattern: '{"partitionKey":["1"]}' }) } },
      "ValidationException",
      "less than or equal to 5",
    ],
    [
      "a destination that is a topic",
      { DestinationConfig: { OnFailure: { Destination: "arn:aws:sns:us-east-1:0:dead" } } },
      invalid,
      "is not emulated by Wavetank yet; S3 buckets and standard SQS queues are.",
    ],
    [
      "a destination that is a FIFO queue",
      {
        DestinationConfig: {
          OnFailure: { Destination: "arn:aws:sqs:us-east-1:000000000000:dead.fifo" },
        },
      },
      invalid,
      "standard SQS queues are.",
    ],
    [
      "a batch above 10,000",
      { BatchSize: 10_001 },
      "ValidationException",
      "less than or equal to 10000",
    ],
  ])("%s", async (_what, changes, name, message) => {
    await using under = await prepared();
    await expect(under.create(changes)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });

  test("the same function on the same stream twice", async () => {
    await using under = await prepared();
    const { UUID } = await under.create();
    await expect(under.create()).rejects.toMatchObject({
      name: "ResourceConflictException",
      message: `The event source arn (" ${STREAM_ARN} ") and function (" predict ") provided mapping already exists. Please update or delete the existing mapping with UUID ${UUID}`,
    });
  });

  test("a mapping that is not there", async () => {
    await using under = await prepared();
    const UUID = "00000000-0000-0000-0000-000000000000";
    await expect(
      under.lambda.send(new GetEventSourceMappingCommand({ UUID })),
    ).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: "The resource you requested does not exist.",
    });
  });
});
