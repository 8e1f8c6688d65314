import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { salesEvents } from "../../fixtures/store-sales/generate.ts";
import { jobName } from "../../handlers/store-sales/batch.ts";
import { readBatchFile } from "../../handlers/store-sales/batch-file.ts";
import { dateOf, holidayOn, knownDay } from "../../handlers/store-sales/calendar.ts";
import { FAMILIES, slugOf } from "../../handlers/store-sales/families.ts";
import { FEATURES, featuresOf } from "../../handlers/store-sales/features.ts";
import { levelCorrection } from "../../handlers/store-sales/forecasts.ts";
import { readBatch } from "../../handlers/store-sales/sales-batch.ts";
import { readSalesEvent } from "../../handlers/store-sales/sales-event.ts";
import { IDS, idOf, targetOf } from "../../handlers/store-sales/series-id.ts";
import { STORES, storeOf } from "../../handlers/store-sales/stores.ts";
import { grouped, type ReadEvent, uncounted } from "../../handlers/store-sales/totals.ts";
import { kinesisRecord } from "../support/kinesis-record.ts";

const HEADER = "id,date,store_nbr,family,onpromotion\n";

test("there are 33 families with names of files of their own, and 54 stores", () => {
  expect(new Set(FAMILIES.map(slugOf)).size).toBe(33);
  expect(STORES.map(({ store_nbr }) => store_nbr)).toEqual([...Array(54).keys()].map((n) => n + 1));
});

test("an id and its store, family and day are the same thing", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: IDS - 1 }), (index) => {
      const id = 3_000_888 + index;
      expect(idOf(targetOf(String(id)))).toBe(id);
    }),
  );
  const last = targetOf("3029399");
  expect([last.store.store_nbr, last.family, dateOf(last.day)]).toEqual([
    54,
    "SEAFOOD",
    "2017-08-31",
  ]);
  expect(() => targetOf("3029400")).toThrow(
    "there is no product 3029400: ids are 3000888 to 3029399",
  );
  expect(() => targetOf("1e6")).toThrow('the product id is "1e6", not a whole number');
});

test("Ecuador's holidays move with Easter, and cities have their own", () => {
  expect(holidayOn(knownDay("2017-02-27"))?.name).toBe("Carnival Monday");
  expect(holidayOn(knownDay("2016-03-25"))?.name).toBe("Good Friday");
  expect(holidayOn(knownDay("2017-12-06"))).toBeUndefined();
  expect(holidayOn(knownDay("2017-12-06"), storeOf(1))?.locale).toBe("local");
  expect(holidayOn(knownDay("2017-12-06"), storeOf(24))).toBeUndefined();
});

test("features are the original's 17, holidays and promotions", () => {
  const store = storeOf(1);
  if (!store) throw new Error("there is no store");
  const features = featuresOf({ store, day: knownDay("2017-01-01"), onpromotion: 0 });
  // A Sunday at the beginning of a month: every wave is at its start.
  expect(features).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 0]);
  expect(FEATURES).toHaveLength(19);
});

describe("a file of days to forecast", () => {
  test("becomes rows for the model, families with a comma or a slash included", () => {
    const { lines, rejected } = readBatchFile(
      `${HEADER}3000910,2017-08-16,1,"LIQUOR,WINE,BEER",3\n7,2017-08-17,54,BREAD/BAKERY,0\n`,
    );
    expect(rejected).toEqual([]);
    expect(lines.map((line) => line.split(",").slice(0, 4))).toEqual([
      ["3000910", "23", "1", "1"],
      ["7", "6", "54", "1"],
    ]);
    expect(lines.map((line) => line.split(",").length)).toEqual([22, 22]);
  });

  test("takes its columns in any order, further ones, a byte order mark and Windows' line ends", () => {
    const text = "\uFEFFstore_nbr,family,sales,date,id,onpromotion\r\n2,EGGS,,2017-08-16,9,0\r\n";
    expect(readBatchFile(text).lines).toHaveLength(1);
  });

  test.each([
    ["1,2017-08-16,99,EGGS,0", 'there is no store "99": stores are 1 to 54'],
    ["1,2017-08-16,1,Eggs,0", 'there is no family "Eggs"'],
    ["1,2017-02-30,1,EGGS,0", 'the date is "2017-02-30", not one such as 2017-08-16'],
    ["x,2017-08-16,1,EGGS,0", 'the id is "x", not a whole number'],
    ["1,2017-08-16,1,EGGS,-1", 'onpromotion is "-1", not a number of items'],
    ["1,2017-08-16,1", "it has 3 of 5 columns: the line may have been cut off"],
    ["1,2017-08-16,1,LIQUOR,WINE,BEER,0", "it has 7 columns, not 5"],
    ['1,2017-08-16,1,"EGGS,0', "a quote is in the middle of a cell, or is not closed"],
    ['1,2017-08-16,1,"EGGS"x,0', "a quote is in the middle of a cell, or is not closed"],
    ["1,2017-08-16,1,EG\ufffdS,0", 'there is no family "EG\ufffdS"'],
    ["1,2017-08-16,NaN,EGGS,0", 'there is no store "NaN": stores are 1 to 54'],
    [`1,2017-08-16,1,${"X".repeat(1_000_000)},0`, `there is no family "${"X".repeat(60)}"`],
    ["2,2017-08-16,1,EGGS,0", "the id 2 is that of line 2 too"],
  ])("loses the line %j and no other", (bad, reason) => {
    const good = ["2,2017-08-16,1,EGGS,0", "3,2017-08-16,2,EGGS,0"];
    const { lines, rejected } = readBatchFile(`${HEADER}${good[0]}\n${bad}\n${good[1]}\n`);
    expect(lines).toHaveLength(2);
    expect(rejected).toEqual([{ line: 3, reason }]);
  });

  test("loses no good line to a bad one, whatever that is", () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('"', '""', "EGGS", "2017-08-16", '"x"y'));
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 6 }), (cells) => {
        const bad = cells.join(",").replaceAll(/[\r\n]/g, " ");
        const good = ["2,2017-08-16,1,EGGS,0", '3,2017-08-16,2,"LIQUOR,WINE,BEER",0'];
        const { lines } = readBatchFile(`${HEADER}${good[0]}\n${bad}\n${good[1]}\n`);
        expect(lines.map((line) => line.split(",")[0])).toEqual(["2", "3"]);
      }),
    );
  });

  test("that ends in the middle of a line keeps the lines before", () => {
    const { lines, rejected } = readBatchFile(`${HEADER}2,2017-08-16,1,EGGS,0\n3,2017-08-16,2,EG`);
    expect(lines).toHaveLength(1);
    expect(rejected).toMatchObject([{ line: 3 }]);
  });

  test.each([
    ["", "the file is empty"],
    ["id,date,family\n1,2017-08-16,EGGS\n", "the columns store_nbr, onpromotion are missing"],
    ["1,2017-08-16,1,EGGS,0\n", "the columns id, date, store_nbr, family, onpromotion are missing"],
    ["\ufffd\ufffdi\0d\0", "the columns id, date, store_nbr, family, onpromotion are missing"],
  ])("that is none at all is refused: %j", (text, reason) => {
    expect(() => readBatchFile(text)).toThrow(reason);
  });

  test("starts a job whose name is the upload's own", () => {
    expect(jobName("week 1/to_come", "0A")).toMatch(/^store-sales-week-1-to-come-[0-9a-f]{12}$/);
    expect(jobName("a", "0A")).toBe(jobName("a", "0A"));
    expect(jobName("a", "0A")).not.toBe(jobName("a", "0B"));
    expect(jobName("x".repeat(500), "0A").length).toBeLessThanOrEqual(63);
  });
});

describe("an event", () => {
  const [event] = salesEvents({ count: 1 });
  const read = (data: unknown) => readSalesEvent(Buffer.from(JSON.stringify(data)));

  test("is read as it was written", () => {
    expect(read(event)).toEqual(event);
  });

  test.each([
    [{ store_nbr: 55 }, "names store 55: there are stores 1 to 54"],
    [{ family: "BREAD" }, 'names the family "BREAD", which there is not'],
    [{ sales: "3" }, 'has no number at sales but "3"'],
    [{ date: "16.8.2017" }, 'has no date such as "2017-08-16" but "16.8.2017"'],
    [{ event_id: undefined }, "has no event_id"],
    [{ event_id: "x".repeat(257) }, "has an event_id of 257 characters, at most 256"],
    [{ date: undefined }, "has no date such as"],
    [{ store_nbr: undefined }, "names store nothing"],
    [{ family: undefined }, "names the family nothing, which there is not"],
    [{ sales: undefined }, "has no number at sales but nothing"],
    [{ sales: Number.NaN }, "has no number at sales but null"],
    [{ onpromotion: 1 }, "has an onpromotion that is no boolean"],
  ])("with %j is refused", (change, reason) => {
    expect(() => read({ ...event, ...change })).toThrow(reason);
  });

  test.each([
    ["empty", "", "is empty"],
    ["no JSON", "no event", "is not JSON: no event"],
    ["a list", "[1]", "is no event but [1]"],
    ["of NaN", '{"sales": NaN}', "is not JSON"],
    ["no UTF-8", Buffer.from([0x7b, 0xff, 0x7d]), "is not UTF-8 text"],
    ["a megabyte of something", "x".repeat(1_000_000), `is not JSON: ${"x".repeat(80)}`],
  ])("whose record is %s is refused", (_, data, reason) => {
    expect(() => readSalesEvent(Buffer.from(data))).toThrow(reason);
  });

  test("that cannot be read ends the batch before it, and is thrown when it comes first", () => {
    const records = [
      kinesisRecord(1, event),
      kinesisRecord(2, "no event"),
      kinesisRecord(3, event),
    ];
    expect(readBatch(records)).toMatchObject({ events: [{ event }], failedAt: "2" });
    expect(() => readBatch(records.slice(1))).toThrow(
      'record 2 (partition key "1") BadInput: is no event but "no event"',
    );
  });
});

test("events of one store, family, day and shard are counted in one write", () => {
  const [event] = [...salesEvents({ count: 1 })];
  if (!event) throw new Error("there is no event");
  const read = (shardId: string, sequenceNumber: string, date = event.date): ReadEvent => ({
    event: { ...event, date },
    shardId,
    sequenceNumber,
  });
  const events = [read("a", "1"), read("b", "2"), read("a", "10"), read("a", "11", "2017-08-17")];
  expect(grouped(events).map((group) => group.events.length)).toEqual([2, 1, 1]);
  // As numbers, not as texts.
  expect(uncounted(events, "9").map(({ sequenceNumber }) => sequenceNumber)).toEqual(["10", "11"]);
});

test("a forecast's level follows the last week, never beyond double or half", () => {
  expect(levelCorrection([], [])).toBe(1);
  expect(levelCorrection([{ sales: 20 }], [10])).toBe(1.125);
  expect(levelCorrection([{ sales: 1e9 }], [10])).toBe(2);
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { maxLength: 7 }),
      (days) => {
        expect(
          levelCorrection(
            days.map((sales) => ({ sales })),
            days,
          ),
        ).toBe(1);
      },
    ),
  );
});
