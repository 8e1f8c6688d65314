import {
  CreateStream$,
  GetShardIterator$,
  ListShards$,
  PutRecords$,
} from "@aws-sdk/client-kinesis";
import fc from "fast-check";
import { expect, test } from "vitest";
import { AwsError } from "../../emulator/core/errors.ts";
import {
  bytes,
  list,
  oneOf,
  range,
  required,
  structure,
  text,
} from "../../emulator/core/limits.ts";
import type { Operation } from "../../emulator/core/service.ts";
import { validate } from "../../emulator/edge/validate.ts";

type Checked = Pick<Operation<never, unknown, unknown>, "schema" | "limits">;

/** What an input is told; empty when nothing is wrong with it. */
function told(operation: Checked, input: Record<string, unknown>): string {
  try {
    validate(operation, input);
    return "";
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(AwsError);
    expect(thrown).toMatchObject({ code: "ValidationException" });
    return (thrown as AwsError).message;
  }
}

const name = text({ min: 1, max: 128, pattern: "[a-zA-Z0-9_.-]+" });
const createStream: Checked = {
  schema: CreateStream$,
  limits: { StreamName: name, ShardCount: range(1, 100_000) } as Checked["limits"],
};

test("an input that keeps every constraint is told nothing", () => {
  expect(told(createStream, { StreamName: "rides", ShardCount: 1 })).toBe("");
});

test("a member that the published model requires must be there", () => {
  expect(told(createStream, {})).toBe(
    "1 validation error detected: Value null at 'streamName' failed to satisfy constraint: Member must not be null",
  );
});

test("one fault is an error, several are errors, in one sentence", () => {
  expect(told(createStream, { StreamName: "rides", ShardCount: 0 })).toBe(
    "1 validation error detected: Value '0' at 'shardCount' failed to satisfy constraint: Member must have value greater than or equal to 1",
  );
  expect(told(createStream, { StreamName: "", ShardCount: 0 })).toBe(
    "3 validation errors detected: " +
      "Value '' at 'streamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; " +
      "Value '' at 'streamName' failed to satisfy constraint: Member must have length greater than or equal to 1; " +
      "Value '0' at 'shardCount' failed to satisfy constraint: Member must have value greater than or equal to 1",
  );
});

test("several members may be missing at once", () => {
  expect(told({ schema: GetShardIterator$ }, {})).toBe(
    "2 validation errors detected: " +
      "Value null at 'shardId' failed to satisfy constraint: Member must not be null; " +
      "Value null at 'shardIteratorType' failed to satisfy constraint: Member must not be null",
  );
});

const putRecords: Checked = {
  schema: PutRecords$,
  limits: {
    Records: list({
      min: 1,
      max: 500,
      each: structure({
        Data: bytes({ max: 3 }),
        PartitionKey: required(text({ min: 1, max: 5 })),
      }),
    }),
  } as Checked["limits"],
};

test("members of a list are numbered from one, blobs printed as Java prints them", () => {
  expect(
    told(putRecords, {
      Records: [
        { Data: Buffer.from("abc"), PartitionKey: "a" },
        { Data: Buffer.from("abcd"), PartitionKey: "longer" },
      ],
    }),
  ).toBe(
    "2 validation errors detected: " +
      "Value 'java.nio.HeapByteBuffer[pos=0 lim=4 cap=4]' at 'records.2.member.data' failed to satisfy constraint: Member must have length less than or equal to 3; " +
      "Value 'longer' at 'records.2.member.partitionKey' failed to satisfy constraint: Member must have length less than or equal to 5",
  );
});

test("a member that an operation requires, though the model does not, must be there", () => {
  expect(told(putRecords, { Records: [{ Data: Buffer.alloc(0) }] })).toBe(
    "1 validation error detected: Value null at 'records.1.member.partitionKey' failed to satisfy constraint: Member must not be null",
  );
});

test("a list's own length and its members' faults are told together", () => {
  expect(told(putRecords, { Records: [] })).toBe(
    "1 validation error detected: Value '[]' at 'records' failed to satisfy constraint: Member must have length greater than or equal to 1",
  );
});

test("null in a list is a missing member", () => {
  expect(told(putRecords, { Records: [undefined] })).toBe(
    "1 validation error detected: Value null at 'records.1.member' failed to satisfy constraint: Member must not be null",
  );
});

test("members of a structure are named by their path", () => {
  const listShards: Checked = {
    schema: ListShards$,
    limits: {
      ShardFilter: structure({ Type: oneOf(["AT_LATEST", "AT_TIMESTAMP"]), ShardId: name }),
    } as Checked["limits"],
  };
  expect(told(listShards, { ShardFilter: { Type: "LATEST", ShardId: "a b" } })).toBe(
    "2 validation errors detected: " +
      "Value 'LATEST' at 'shardFilter.type' failed to satisfy constraint: Member must satisfy enum value set: [AT_LATEST, AT_TIMESTAMP]; " +
      "Value 'a b' at 'shardFilter.shardId' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
  );
  expect(told(listShards, { ShardFilter: {} })).toContain("Value null at 'shardFilter.type'");
});

test("no more than ten faults are told, however many there are", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), (count) => {
      const Records = Array.from({ length: count }, () => ({ Data: Buffer.from("x") }));
      const message = told(putRecords, { Records });
      const shown = Math.min(count, 10);
      expect(
        message.startsWith(`${shown} validation error${count === 1 ? "" : "s"} detected: `),
      ).toBe(true);
      expect(message.split("; ")).toHaveLength(shown);
    }),
    { numRuns: 30 },
  );
});

test("a service may name a broken constraint its own way", () => {
  expect(() => validate(createStream, {}, "InvalidParameterValueException")).toThrow(
    expect.objectContaining({ code: "InvalidParameterValueException" }),
  );
});
