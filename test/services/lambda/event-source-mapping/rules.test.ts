import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BatchBuffer } from "../../../../emulator/services/lambda/event-source-mapping/batch-buffer.ts";
import {
  failureKey,
  failureRecord,
} from "../../../../emulator/services/lambda/event-source-mapping/failure-record.ts";
import { kinesisEvent } from "../../../../emulator/services/lambda/event-source-mapping/kinesis-event.ts";
import { readReport } from "../../../../emulator/services/lambda/event-source-mapping/partial-failures.ts";
import {
  absenceMs,
  backOffMs,
  judge,
  type Outcome,
  tooOld,
} from "../../../../emulator/services/lambda/event-source-mapping/retry.ts";
import { FUNCTION_ARN, ok, record, recordsFrom, STREAM_ARN } from "./memory-source.ts";

describe("a function's report of batch item failures", () => {
  const records = recordsFrom(0, 3);

  test.each([
    "null",
    "{}",
    "[]",
    '""',
    "not json",
    '{"batchItemFailures":[]}',
    '{"batchItemFailures":null}',
  ])("%s is success", (payload) => {
    expect(readReport(payload, records)).toEqual({ type: "success" });
  });

  test.each([
    '{"batchItemFailures":[{"itemIdentifier":""}]}',
    '{"batchItemFailures":[{"itemIdentifier":null}]}',
    '{"batchItemFailures":[{"foo":"000001"}]}',
    '{"batchItemFailures":[{"itemIdentifier":"999999"}]}',
    '{"batchItemFailures":[null]}',
    '{"batchItemFailures":"000001"}',
  ])("%s fails the whole batch", (payload) => {
    expect(readReport(payload, records)).toEqual({ type: "failure" });
  });

  test("the lowest sequence number named is where to go on", () => {
    const named = ["000002", "000001"].map((itemIdentifier) => ({ itemIdentifier }));
    const payload = JSON.stringify({ batchItemFailures: named });
    expect(readReport(payload, records)).toEqual({ type: "partial", index: 1 });
  });
});

describe("what follows an invocation", () => {
  const policy = { maximumRetryAttempts: 2, bisectOnError: false };
  const records = recordsFrom(0, 4);

  test("a failure goes again, as it is, until the retries are used up", () => {
    const first = judge({ records, failures: 0 }, { type: "error" }, policy);
    expect(first).toMatchObject({ done: 0, next: [{ records, failures: 1 }], waits: true });
    const last = judge({ records, failures: 2 }, { type: "error" }, policy);
    expect(last).toMatchObject({ done: 4, next: [], givenUp: { failures: 3 } });
  });

  test("-1 retries for ever", () => {
    const forever = { ...policy, maximumRetryAttempts: -1 };
    expect(judge({ records, failures: 9_999 }, { type: "error" }, forever).next).toHaveLength(1);
  });

  test("progress restarts the retry budget for what is left", () => {
    const { done, next } = judge({ records, failures: 2 }, { type: "partial", index: 3 }, policy);
    expect(done).toBe(3);
    expect(next).toEqual([{ records: records.slice(3), failures: 0 }]);
  });

  test("bisecting halves the batch, first half first, without using up a retry", () => {
    const bisecting = { ...policy, bisectOnError: true };
    const { next } = judge({ records, failures: 1 }, { type: "error" }, bisecting);
    expect(next).toEqual([
      { records: records.slice(0, 2), failures: 1 },
      { records: records.slice(2), failures: 1 },
    ]);
  });

  test("no verdict loses, repeats or reorders a record", () => {
    const outcome = fc.oneof(
      fc.constantFrom<Outcome>({ type: "success" }, { type: "error" }, { type: "rejected" }),
      fc.nat({ max: 19 }).map((index): Outcome => ({ type: "partial", index })),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.nat({ max: 3 }),
        outcome,
        fc.boolean(),
        fc.integer({ min: -1, max: 3 }),
        (count, failures, what, bisectOnError, maximumRetryAttempts) => {
          const batch = recordsFrom(0, count);
          const seen =
            what.type === "partial" ? { ...what, index: Math.min(what.index, count - 1) } : what;
          const verdict = judge({ records: batch, failures }, seen, {
            bisectOnError,
            maximumRetryAttempts,
          });
          const kept = verdict.next.flatMap(({ records: rest }) => rest);
          expect([...batch.slice(0, verdict.done), ...kept]).toEqual(batch);
        },
      ),
    );
  });

  test("eight attempts fit into a minute, and no wait is longer than one", () => {
    const waits = Array.from({ length: 7 }, (_, index) => backOffMs(index + 1));
    expect(waits.reduce((sum, ms) => sum + ms)).toBeLessThan(60_000);
    expect(backOffMs(1_000)).toBe(60_000);
  });

  test("what did not answer at all is asked again within five seconds, however often", () => {
    const waits = Array.from({ length: 7 }, (_, index) => absenceMs(index + 1));
    expect(waits).toEqual([400, 800, 1_600, 3_200, 5_000, 5_000, 5_000]);
  });

  test("only the records at the front that are too old are given up", () => {
    const batch = [record(0, 0), record(1, 50), record(2, 90)];
    expect(tooOld(batch, { now: 100, maximumAgeMs: 60 })).toEqual(batch.slice(0, 1));
    expect(tooOld(batch, { now: 1_000, maximumAgeMs: 60 })).toEqual(batch);
  });
});

describe("batches", () => {
  test("are of the batch size at most, and nothing is lost between them", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.array(fc.nat({ max: 5 })), (size, puts) => {
        const buffer = new BatchBuffer(size);
        let first = 0;
        const taken: string[] = [];
        for (const count of puts) {
          for (const each of recordsFrom(first, count)) buffer.add(each);
          first += count;
          while (buffer.isFull) {
            const batch = buffer.take();
            expect(batch.length).toBe(size);
            taken.push(...batch.map(({ sequenceNumber }) => sequenceNumber));
          }
        }
        taken.push(...buffer.take().map(({ sequenceNumber }) => sequenceNumber));
        expect(taken).toEqual(recordsFrom(0, first).map(({ sequenceNumber }) => sequenceNumber));
      }),
    );
  });

  test("are closed at 6 MB of event, and a record that fills one alone still goes", () => {
    const big = { ...record(0), data: "A".repeat(4_000_000) };
    const buffer = new BatchBuffer(100);
    for (const each of [big, big, big]) buffer.add(each);
    expect(buffer.isFull).toBe(true);
    expect(buffer.take()).toHaveLength(1);
    expect(buffer.isFull).toBe(true);
  });
});

test("the event has AWS's keys and no others", () => {
  const source = { streamArn: STREAM_ARN, shardId: "shardId-000000000006", roleArn: "role" };
  const event = JSON.parse(kinesisEvent([record(7, 1_545_084_650_987)], source));
  expect(event).toEqual({
    Records: [
      {
        kinesis: {
          kinesisSchemaVersion: "1.0",
          partitionKey: "key-7",
          sequenceNumber: "000007",
          data: Buffer.from("7").toString("base64"),
          approximateArrivalTimestamp: 1_545_084_650.987,
        },
        eventSource: "aws:kinesis",
        eventVersion: "1.0",
        eventID: "shardId-000000000006:000007",
        eventName: "aws:kinesis:record",
        invokeIdentityArn: "role",
        awsRegion: "us-east-1",
        eventSourceARN: STREAM_ARN,
      },
    ],
  });
});

describe("the record of a batch that was given up", () => {
  const context = {
    functionArn: `${FUNCTION_ARN}:$LATEST`,
    streamArn: STREAM_ARN,
    shardId: "shard-0",
    at: 60_000,
  };

  test("says how often it was tried, and names the function without $LATEST", () => {
    const batch = recordsFrom(0, 2, 1_000);
    const answer = { ...ok(), functionError: "Unhandled" };
    const given = { condition: "RetryAttemptsExhausted", records: batch, invokeCount: 3 } as const;
    expect(failureRecord({ ...given, answer }, context)).toEqual({
      requestContext: {
        requestId: "r",
        functionArn: FUNCTION_ARN,
        condition: "RetryAttemptsExhausted",
        approximateInvokeCount: 3,
      },
      responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
      version: "1.0",
      timestamp: "1970-01-01T00:01:00.000Z",
      KinesisBatchInfo: {
        shardId: "shard-0",
        startSequenceNumber: "000000",
        endSequenceNumber: "000001",
        approximateArrivalOfFirstRecord: "1970-01-01T00:00:01.000Z",
        approximateArrivalOfLastRecord: "1970-01-01T00:00:01.000Z",
        batchSize: 2,
        streamArn: STREAM_ARN,
      },
    });
  });

  test("of records too old has no response, and counts one invocation even if there was none", () => {
    const given = { condition: "RecordAgeExceeded", records: [record(0)], invokeCount: 0 } as const;
    const document = failureRecord({ ...given, answer: undefined }, context);
    expect(document).toMatchObject({ requestContext: { approximateInvokeCount: 1 } });
    expect(document).not.toHaveProperty("responseContext");
  });

  test("lies under the mapping, the shard and the day", () => {
    const at = Date.UTC(2026, 10, 21, 4, 5, 6);
    expect(failureKey({ mappingId: "m", shardId: "shard-0", at, id: "x" })).toBe(
      "aws/lambda/m/shard-0/2026/11/21/2026-11-21T04.05.06-x",
    );
  });
});
