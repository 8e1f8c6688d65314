import { Readable } from "node:stream";
import type { BatchWriteItemCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { csvOf, powerReadings } from "../../fixtures/power-usage/generate.ts";
import { csvRows } from "../../handlers/power-usage/csv-rows.ts";
import { readBatch } from "../../handlers/power-usage/power-record.ts";
import { itemsOf, writeAll } from "../../handlers/power-usage/to-table.ts";
import { bytesRecord } from "../support/kinesis-record.ts";

const [reading] = powerReadings({ count: 1 });
const good = { ...reading, user_id: "7" };
const withValue = (change: object) => JSON.stringify({ ...good, ...change });

test.each([
  ["empty", "", "is empty"],
  ["no JSON", "no reading", "is not JSON: no reading"],
  ["no UTF-8", Buffer.from([0x22, 0xff, 0x22]), "is not UTF-8 text"],
  ["a megabyte of something", "x".repeat(1_000_000), `is not JSON: ${"x".repeat(80)}`],
  ["null", "null", "is no object"],
  ["without a column", withValue({ Voltage: undefined }), "Voltage: it is missing"],
  ["of words", withValue({ Voltage: "high" }), 'has no number at Voltage: "high"'],
  ["of hexadecimal", withValue({ Voltage: "0x10" }), 'has no number at Voltage: "0x10"'],
  ["of NaN", '{"Global_active_power": NaN}', "is not JSON"],
  ["what no meter shows", withValue({ Voltage: 1e39 }), "has more than 1000000 at Voltage: 1e+39"],
  ["without a day", withValue({ Date: undefined }), "has no time at Date and Time"],
  ["without a user", withValue({ user_id: "" }), 'has no user at user_id: ""'],
  ["a folder's", withValue({ user_id: "../7" }), 'has no user at user_id: "../7"'],
  ["a list's", withValue({ user_id: [7] }), "has no user at user_id: [7]"],
])("a record that is %s is refused by its sequence number, and ends its batch", (_, data, what) => {
  const records = [bytesRecord(1, JSON.stringify(good)), bytesRecord(2, data)];
  expect(readBatch(records)).toEqual({
    rows: [good],
    response: { batchItemFailures: [{ itemIdentifier: "2" }] },
  });
  expect(() => readBatch(records.slice(1))).toThrow('record 2 (partition key "1") ');
  expect(() => readBatch(records.slice(1))).toThrow(what);
});

test("rows that the table has no capacity for are written again until all are taken", async () => {
  const taken: unknown[] = [];
  const client = {
    // Takes the first ten of a call.
    send: async ({ input }: BatchWriteItemCommand) => {
      const requests = input.RequestItems?.rows ?? [];
      taken.push(...requests.slice(0, 10).map(({ PutRequest }) => PutRequest?.Item));
      return { UnprocessedItems: { rows: requests.slice(10) } };
    },
  } as unknown as Pick<DynamoDBClient, "send">;
  const rows = [...powerReadings({ count: 30 })].map((row) => ({ ...row, user_id: "7" }));
  await writeAll(itemsOf(rows), { table: "rows", client });
  expect(taken).toHaveLength(30);
  expect(taken).toEqual(expect.arrayContaining(itemsOf(rows)));
});

const [header = "", one = "", , three = ""] = csvOf(powerReadings({ count: 3 })).split("\n");

async function read(file: Buffer) {
  const found = [];
  for await (const row of csvRows(Readable.from([file]), "7")) found.push(row);
  return found;
}

test.each([
  ["too few columns", "01/12/2009,00:01:00,1", "has 3 columns, the header 9"],
  ["too many", `${one},1`, "has 10 columns, the header 9"],
  ["no number", one.replace(/[^,]*$/, "?"), 'has no number at Sub_metering_3: "?"'],
  ["NaN", one.replace(/[^,]*$/, "NaN"), 'has no number at Sub_metering_3: "NaN"'],
  ["nothing", one.replace(/[^,]*$/, ""), 'has no number at Sub_metering_3: ""'],
  ["hexadecimal", one.replace(/[^,]*$/, "0x10"), 'has no number at Sub_metering_3: "0x10"'],
  ["a quote", one.replace(/[^,]*$/, '"1'), 'has no number at Sub_metering_3: "\\"1"'],
  ["a day that is none", one.replace("01/12", "31/02"), "has no time at Date and Time: "],
  ["no UTF-8", one.replace("01/12", "\xff"), "has no time at Date and Time: "],
  ["a megabyte", "x".repeat(1_000_000), "has 1 columns, the header 9"],
])("a line of %s is told by its number, and its neighbours are read", async (_, line, problem) => {
  const file = Buffer.from([header, one, line, three].join("\n"), "latin1");
  const [before, broken, after, ...more] = await read(file);
  expect([before, after]).toMatchObject([{ Time: "00:00:00" }, { Time: "00:02:00" }]);
  expect(broken).toEqual({ line: 3, problem: expect.stringContaining(problem) });
  expect(more).toEqual([]);
});

test("a file of UTF-16 is read by its byte order mark, and refused without one", async () => {
  const text = [header, one].join("\n");
  expect(await read(Buffer.from(`\ufeff${text}`, "utf16le"))).toEqual([good]);
  await expect(read(Buffer.from(text, "utf16le"))).rejects.toThrow("the header lacks Date, Time");
});
