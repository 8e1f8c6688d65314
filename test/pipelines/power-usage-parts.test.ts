import { Readable } from "node:stream";
import type { PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { PDFDocument } from "pdf-lib";
import { expect, test } from "vitest";
import { csvOf, powerReadings } from "../../fixtures/power-usage/generate.ts";
import { lineChart, ticks } from "../../handlers/power-usage/charts.ts";
import { csvRows } from "../../handlers/power-usage/csv-rows.ts";
import { comparison, UsageTally } from "../../handlers/power-usage/history.ts";
import { hoursByUser, scaled, unscaled } from "../../handlers/power-usage/hours.ts";
import { type PowerRecord, readBatch, timeOf } from "../../handlers/power-usage/power-record.ts";
import { reportPdf } from "../../handlers/power-usage/report-pdf.ts";
import { userOf } from "../../handlers/power-usage/splitter.ts";
import { TelemetryStream } from "../../handlers/power-usage/telemetry-stream.ts";
import { forecastOf } from "../../handlers/power-usage/to-endpoint.ts";
import { itemsOf } from "../../handlers/power-usage/to-table.ts";
import { bytesRecord, kinesisRecord } from "../support/kinesis-record.ts";

const rows = (count: number, options = {}): PowerRecord[] =>
  [...powerReadings({ count, ...options })].map((row) => ({ ...row, user_id: "1234" }));
async function read(file: string | Readable) {
  const found = [];
  for await (const row of csvRows(
    typeof file === "string" ? Readable.from([file]) : file,
    "1234",
  )) {
    found.push(row);
  }
  return found;
}

test("a file is read back as it was written, whatever the order of its columns", async () => {
  const readings = [...powerReadings({ count: 300 })];
  expect(await read(csvOf(readings))).toEqual(rows(300));
  const [first] = readings;
  const turned = Object.fromEntries(Object.entries(first ?? {}).reverse()) as typeof first;
  expect(await read(csvOf(turned ? [turned] : []))).toEqual(rows(1));
});

test("UCI's own form is read: semicolons, ? for what is missing; and the form with an index", async () => {
  const [row] = rows(1);
  const header = `${csvOf(powerReadings({ count: 1 })).split("\n")[0]}`;
  const values = `${csvOf(powerReadings({ count: 1 })).split("\n")[1]}`;
  const uci = `${header}\n${values}\n${values.replace(/,[^,]*$/, ",?")}`.replaceAll(",", ";");
  expect(await read(uci)).toEqual([
    row,
    { line: 3, problem: 'has no number at Sub_metering_3: "?"' },
  ]);
  expect(await read(`,${header}\n1090476,${values}\n`)).toEqual([row]);
});

test("a broken line is told by its number, and the lines after it are read", async () => {
  const [header, one, two, three] = csvOf(powerReadings({ count: 3 })).split("\n");
  const [first, , third] = rows(3);
  expect(await read([header, one, `"${two?.slice(0, 20)}`, three].join("\n"))).toEqual([
    first,
    { line: 3, problem: "has 3 columns, the header 9" },
    third,
  ]);
});

test("a file that was cut off is read up to its last whole line", async () => {
  const text = csvOf(powerReadings({ count: 50 }));
  const read50 = await read(text.slice(0, -30));
  expect(read50.slice(0, 49)).toEqual(rows(49));
  expect(read50.at(-1)).toMatchObject({ line: 51 });
});

test("a body that breaks off in the middle is no success", async () => {
  const text = csvOf(powerReadings({ count: 2000 }));
  const body = Readable.from(
    (async function* () {
      yield text.slice(0, 50_000);
      throw new Error("aborted");
    })(),
  );
  await expect(read(body)).rejects.toThrow("aborted");
});

test("a header that lacks columns, and an empty file, are refused by name", async () => {
  await expect(read("Date,Time,Voltage\n1/1/2009,00:00:00,240\n")).rejects.toThrow(
    "the header lacks Global_active_power, Global_reactive_power, Global_intensity",
  );
  await expect(read("")).rejects.toThrow("the file is empty");
  expect(() => userOf("december.csv")).toThrow("names no user");
  expect(userOf("1234_december_2009.csv")).toBe("1234");
});

test("dates that do not exist are no times", () => {
  const at = (day: string, time = "00:00:00") => timeOf({ Date: day, Time: time });
  expect(at("1/12/2009", "21:00:00")).toBe(Date.UTC(2009, 11, 1, 21));
  expect(at("2009-12-01")).toBe(Date.UTC(2009, 11, 1));
  for (const wrong of ["31/02/2009", "2009-02-30", "12/2009", "", "01/13/2009"]) {
    expect(at(wrong)).toBeNaN();
  }
  expect(at("1/12/2009", "25:00:00")).toBeNaN();
});

test("records that are throttled are put again until all are taken, 500 in a call", async () => {
  const taken: string[] = [];
  const sizes: number[] = [];
  const kinesis = {
    // Takes the first 300 of a call.
    send: async ({ input }: PutRecordsCommand) => {
      const records = input.Records ?? [];
      sizes.push(records.length);
      taken.push(...records.slice(0, 300).map(({ Data }) => String(Data)));
      return {
        Records: records.map((_, index) => (index < 300 ? {} : { ErrorCode: "Throttled" })),
      };
    },
  } as unknown as ConstructorParameters<typeof TelemetryStream>[1];
  const stream = new TelemetryStream("s", kinesis);
  const all = rows(700);
  for (const row of all) await stream.put(row);
  await stream.flush();
  expect(taken.map((text) => JSON.parse(text))).toEqual(all);
  expect(sizes).toEqual([500, 200, 200]);
});

test("a batch is handled up to its bad record, which is thrown when it comes first", () => {
  const [one, two] = rows(2);
  const batch = [kinesisRecord(1, one), bytesRecord(2, "no JSON"), kinesisRecord(3, two)];
  expect(readBatch(batch)).toEqual({
    rows: [one],
    response: { batchItemFailures: [{ itemIdentifier: "2" }] },
  });
  expect(() => readBatch(batch.slice(1))).toThrow('record 2 (partition key "1") is not JSON');
  expect(() => readBatch([kinesisRecord(4, { ...one, Voltage: "high" })])).toThrow(
    'has no number at Voltage: "high"',
  );
  expect(readBatch(batch.slice(2)).response.batchItemFailures).toEqual([]);
});

test("items are texts, and a key that comes twice is written once", () => {
  const [one] = rows(1);
  if (!one) throw new Error("no row");
  const items = itemsOf([one, { ...one, Voltage: 1 }]);
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({ Date: { S: "01/12/2009" }, Voltage: { S: "1" } });
});

test("rows become means of hours by user, scaled as the model takes them", () => {
  const other = rows(1).map((row) => ({ ...row, user_id: "7" }));
  const [hours, alone] = hoursByUser([...rows(90), ...other]);
  expect(hours?.means).toHaveLength(2);
  const mean = rows(60).reduce((sum, { Global_active_power: kw }) => sum + kw, 0) / 60;
  expect(hours?.means[0]?.[0]).toBeCloseTo(mean, 9);
  expect(unscaled(scaled(hours?.means[0] ?? [])[0] as number)).toBeCloseTo(mean, 9);
  expect(scaled([0.173818056, 0.0578111111, 231.088229, 0.808333333, 0, 0, 0.894444444])).toEqual(
    Array(7).fill(0),
  );
  expect(alone).toMatchObject({ userId: "7", lastMs: Date.UTC(2009, 11, 1) });
  const forecast = {
    hours: alone as NonNullable<typeof alone>,
    predictions: [-1, 0.5],
    batch: "9",
  };
  expect(forecastOf(forecast)).toEqual({
    prediction_id: "7-9",
    user_id: "7",
    until: "2009-12-01 00:00:00",
    prediction: [0, 1.7443],
    next_day_kwh: 41.8632,
  });
});

test("energy is the same whether readings come by minute or by hour, and costs 20 cents a kWh", () => {
  for (const [count, everySeconds] of [
    [44_640, 60],
    [744, 3600],
  ] as const) {
    const tally = new UsageTally();
    for (const row of rows(count, { from: "2009-03-01T00:00:00", everySeconds })) {
      tally.add({ ...row, Global_active_power: 2, Sub_metering_1: 10 });
    }
    const { months, shares } = tally.result();
    expect(months).toHaveLength(1);
    expect(months[0]?.month).toBe("2009-03");
    // The first reading's own minute counts, whatever the rate.
    expect(Math.abs((months[0]?.kwh ?? 0) - 1488)).toBeLessThan(2);
    expect(months[0]?.dollars).toBeCloseTo((months[0]?.kwh ?? 0) * 0.2, 9);
    expect(shares[1]).toMatchObject({ part: "Kitchen", share: expect.closeTo(0.3, 3) });
  }
});

test("bills are compared in the original's words and figures", () => {
  const month = (month: string, kwh: number) => ({ month, kwh, dollars: kwh * 0.2 });
  const more = [month("2007-11", 948.95), month("2007-12", 1059.83)];
  expect(comparison({ months: more, shares: [] })).toBe(
    "You have used 110.88 kWh more energy and spent $22.18 more on electricity than the last billing period.",
  );
  expect(comparison({ months: more.reverse(), shares: [] })).toContain("110.88 kWh less energy");
});

test("the report has four pages", async () => {
  const tally = new UsageTally();
  for (const row of rows(24 * 120, { from: "2009-07-01T00:00:00", everySeconds: 3600 }))
    tally.add(row);
  const pdf = await reportPdf("1234", tally.result());
  const read = await PDFDocument.load(pdf);
  expect(read.getPageCount()).toBe(4);
  expect(read.getTitle()).toBe("Usage history for user 1234");
});

test("axes are marked at round numbers, and charts hold their texts escaped", () => {
  expect(ticks({ from: 0, to: 1059, count: 5 })).toEqual([0, 500, 1000]);
  expect(ticks({ from: -0.13, to: 0.27, count: 4 })).toEqual([-0.1, 0, 0.1, 0.2]);
  const chart = lineChart([{ title: "a<b", unit: "kW", labels: ["1", "2"], values: [1, 1] }]);
  expect(chart).toContain("a&lt;b");
  expect(chart).not.toContain("NaN");
});
