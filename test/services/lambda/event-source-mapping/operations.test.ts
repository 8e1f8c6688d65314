import {
  CreateStreamCommand,
  DeleteStreamCommand,
  KinesisClient,
  PutRecordCommand,
} from "@aws-sdk/client-kinesis";
import {
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { until } from "../../../support/tank.ts";
import { FUNCTION_ARN, prepared, STREAM_ARN } from "./prepared-tank.ts";

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

test("filters, lanes, windows and a queue for failures are kept, shown and changed", async () => {
  await using under = await prepared();
  const Destination = "arn:aws:sqs:us-east-1:000000000000:failed";
  const FilterCriteria = { Filters: [{ Pattern: '{ "partitionKey": [ "1" ] }' }] };
  const given = {
    FilterCriteria,
    ParallelizationFactor: 10,
    TumblingWindowInSeconds: 900,
    DestinationConfig: { OnFailure: { Destination } },
  };
  const { UUID, ...created } = await under.create(given);
  expect(created).toMatchObject(given);
  const changes = { FilterCriteria: {}, ParallelizationFactor: 2, TumblingWindowInSeconds: 0 };
  await under.lambda.send(new UpdateEventSourceMappingCommand({ UUID, ...changes }));
  const { FilterCriteria: filters, ...changed } = await until(async () => {
    const mapping = await under.lambda.send(new GetEventSourceMappingCommand({ UUID }));
    return mapping.ParallelizationFactor === 2 && mapping;
  });
  expect(changed).toMatchObject({
    TumblingWindowInSeconds: 0,
    DestinationConfig: given.DestinationConfig,
  });
  expect(filters).toBeUndefined();
});

test("a filtered record does not reach the function, one that matches does", async () => {
  await using under = await prepared();
  const Pattern = JSON.stringify({ data: { miles: [{ numeric: [">", 5] }] } });
  await under.create({
    FilterCriteria: { Filters: [{ Pattern }] },
    StartingPosition: "TRIM_HORIZON",
  });
  const put = (Data: string) =>
    under.tank
      .client(KinesisClient)
      .send(
        new PutRecordCommand({ StreamName: "rides", PartitionKey: "1", Data: Buffer.from(Data) }),
      );
  for (const data of ['{"miles":3}', "no json", '{"miles":8}']) {
    await until(() => put(data).catch(() => undefined));
  }
  await until(() => under.printed.some((line) => line.includes("got 1")));
  expect(under.printed.filter((line) => line.includes("got"))).toHaveLength(1);
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
