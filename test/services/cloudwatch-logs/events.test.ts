import {
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  GetLogEventsCommand,
  type GetLogEventsCommandInput,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { expect, test } from "vitest";
import { logsTank, T0 } from "./logging.ts";

async function written() {
  const under = await logsTank();
  await under.createStream("two");
  await under.put("one", [0, "INFO start"], [2, 'ERROR "no fare" id=7'], [4, "INFO end"]);
  await under.put("two", [1, "ERROR timeout id=7"], [3, "WARN slow"]);
  const get = async (input: Partial<GetLogEventsCommandInput> = {}) => {
    const answer = await under.logs.send(
      new GetLogEventsCommand({ logGroupName: "app", logStreamName: "one", ...input }),
    );
    return { ...answer, messages: (answer.events ?? []).map(({ message }) => message) };
  };
  const filter = async (input: Partial<FilterLogEventsCommandInput> = {}) => {
    const answer = await under.logs.send(
      new FilterLogEventsCommand({ logGroupName: "app", ...input }),
    );
    return { ...answer, messages: (answer.events ?? []).map(({ message }) => message) };
  };
  return { ...under, get, filter, [Symbol.asyncDispose]: () => under[Symbol.asyncDispose]() };
}

test("events of a stream come oldest first, with both of their times", async () => {
  await using under = await written();
  const { events } = await under.get();
  expect(events?.[0]).toEqual({ timestamp: T0, message: "INFO start", ingestionTime: T0 });
  expect(events).toHaveLength(3);
});

test("the end of GetLogEvents is exclusive, that of FilterLogEvents inclusive", async () => {
  await using under = await written();
  const range = { startTime: T0 + 2, endTime: T0 + 4 };
  expect((await under.get(range)).messages).toEqual(['ERROR "no fare" id=7']);
  expect((await under.filter(range)).messages).toEqual([
    'ERROR "no fare" id=7',
    "WARN slow",
    "INFO end",
  ]);
});

test("the newest page comes first unless the head is asked for", async () => {
  await using under = await written();
  expect((await under.get({ limit: 1 })).messages).toEqual(["INFO end"]);
  expect((await under.get({ limit: 1, startFromHead: true })).messages).toEqual(["INFO start"]);
});

test("reading on ends when the same token comes back, and goes on with what is new", async () => {
  await using under = await written();
  const first = await under.get({ limit: 2, startFromHead: true });
  const second = await under.get({ limit: 2, nextToken: first.nextForwardToken });
  expect(second.messages).toEqual(["INFO end"]);
  const third = await under.get({ nextToken: second.nextForwardToken });
  expect(third.messages).toEqual([]);
  expect(third.nextForwardToken).toBe(second.nextForwardToken);
  await under.put("one", [9, "later"]);
  expect((await under.get({ nextToken: third.nextForwardToken })).messages).toEqual(["later"]);
});

test("reading back goes to the beginning", async () => {
  await using under = await written();
  const newest = await under.get({ limit: 2 });
  const older = await under.get({ limit: 2, nextToken: newest.nextBackwardToken });
  expect(older.messages).toEqual(["INFO start"]);
});

test("a filter reads all streams in the order of time, in pages", async () => {
  await using under = await written();
  const first = await under.filter({ limit: 3 });
  expect(first.events?.map(({ logStreamName }) => logStreamName)).toEqual(["one", "two", "one"]);
  const { nextToken } = first;
  const rest = await under.filter({ limit: 3, nextToken });
  expect(rest.messages).toEqual(["WARN slow", "INFO end"]);
  expect(rest.nextToken).toBeUndefined();
});

test("a filter may name its streams, or their prefix, but not both", async () => {
  await using under = await written();
  expect((await under.filter({ logStreamNames: ["two"] })).events).toHaveLength(2);
  expect((await under.filter({ logStreamNamePrefix: "o" })).events).toHaveLength(3);
  await expect(
    under.filter({ logStreamNames: ["two"], logStreamNamePrefix: "o" }),
  ).rejects.toMatchObject({ name: "InvalidParameterException" });
});

const patterns: Record<string, number> = {
  ERROR: 2,
  error: 0,
  "ERROR id=7": 2,
  '"no fare"': 1,
  '"\\"no fare\\""': 1,
  "?timeout ?WARN": 2,
  "-INFO": 3,
  "ERROR -timeout": 1,
  '{ $.level = "error" }': 0,
  "[level = ERROR, ...]": 2,
  "": 5,
};
test.each(Object.entries(patterns))("the pattern %s finds %i events", async (pattern, count) => {
  await using under = await written();
  expect((await under.filter({ filterPattern: pattern })).events).toHaveLength(count);
});

test.each(['{ $.level = "error"', "[ip, user =]", "%ERR.*%"])(
  "the pattern %s is refused",
  async (filterPattern) => {
    await using under = await written();
    await expect(under.filter({ filterPattern })).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: expect.stringContaining("is none that Wavetank reads"),
    });
  },
);

test("events out of order are refused, in AWS's words", async () => {
  await using under = await written();
  await expect(under.put("one", [5, "b"], [4, "a"])).rejects.toMatchObject({
    name: "InvalidParameterException",
    message: "Log events in a single PutLogEvents request must be in chronological order.",
  });
});

test("events that are too old or too new are left out and told", async () => {
  await using under = await written();
  const day = 86_400_000;
  const old = await under.put("one", [-15 * day, "old"]);
  expect(old.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 });
  const fresh = await under.put("one", [5, "now"], [3 * 3_600_000, "new"]);
  expect(fresh.rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 1 });
  expect((await under.get()).messages.at(-1)).toBe("now");
});

test("a batch of more than a mebibyte is refused", async () => {
  await using under = await written();
  const half = "x".repeat(524_288);
  await expect(under.put("one", half, half)).rejects.toMatchObject({
    name: "InvalidParameterException",
  });
});

test("a stream that is not there is named so", async () => {
  await using under = await written();
  const logEvents = [{ timestamp: T0, message: "a" }];
  const command = new PutLogEventsCommand({
    logGroupName: "app",
    logStreamName: "none",
    logEvents,
  });
  await expect(under.logs.send(command)).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: "The specified log stream does not exist.",
  });
});

test("tokens of nobody's and pages past AWS's are refused in its words", async () => {
  await using under = await written();
  await expect(under.get({ nextToken: "f/nonsense" })).rejects.toMatchObject({
    message: "The specified nextToken is invalid.",
  });
  await expect(under.get({ limit: 10_001 })).rejects.toMatchObject({
    name: "InvalidParameterException",
    message:
      "1 validation error detected: Value '10001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10000",
  });
});
