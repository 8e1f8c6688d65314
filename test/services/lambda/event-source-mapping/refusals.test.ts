import {
  type CreateEventSourceMappingCommandInput,
  GetEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import { describe, expect, test } from "vitest";
import { prepared, STREAM_ARN } from "./prepared-tank.ts";

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
