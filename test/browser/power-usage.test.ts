import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { csvOf, powerReadings } from "../../fixtures/power-usage/generate.ts";
import { until } from "../support/tank.ts";
import { openPages, type PipelinePages } from "./page.ts";

let pages: PipelinePages;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  pages = await openPages("power-usage");
});
afterAll(() => pages?.[Symbol.asyncDispose]());
beforeEach(async () => {
  ({ page, complaints } = await pages.open());
});
// While a user has no forecast the API answers 404, and Chromium's console tells of it.
const unexpected = () =>
  complaints.filter((text) => !/status of 404 .*\/prediction\/userid\//.test(text));
afterEach(async () => {
  expect(unexpected()).toEqual([]);
  await page.close();
});

const DAY = csvOf(powerReadings({ count: 24 * 60 }));
const MONTHS = csvOf(
  powerReadings({ count: 24 * 70, everySeconds: 3600, from: "2009-07-01T00:00:00" }),
);

async function choose(text: string, name = "day.csv"): Promise<void> {
  const file = { name, mimeType: "text/csv", buffer: Buffer.from(text) };
  await page.getByLabel("Readings").setInputFiles(file);
}
const press = (name: string) => page.getByRole("button", { name }).click();
/** Waits until a result of that name has the text in it, and gives all of its words. */
async function told(name: string, text: string | RegExp): Promise<string> {
  const status = page.getByRole("status", { name });
  await status.getByText(text).first().waitFor({ timeout: 60_000 });
  return (await status.innerText()).replaceAll(/\s+/g, " ");
}

test("a day is streamed with a sub-meter off, and the next day is forecast in kWh", async () => {
  await page.getByLabel("User").fill("browser");
  await choose(DAY, "a day, of June.csv");
  await page.getByLabel("Kitchen").uncheck();
  await press("Start streaming");
  const words = await told("Next day's forecast", "After the reading of 2009-12-01 23:59:00.");
  expect(words).toContain("Streaming started, 2 of 3 sub-meters on.");
  expect(words).toMatch(/The usage prediction for the next day is \d+\.\d\d kWh/);
  const dynamodb = pages.tank.client(DynamoDBClient);
  const rows = await until(
    async () => {
      const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: "ConsumerTable" }));
      const own = Items.filter(({ user_id }) => user_id?.S === "browser");
      return own.length === 24 * 60 && own;
    },
    { timeoutMs: 40_000 },
  );
  const original = new Map([...powerReadings({ count: 24 * 60 })].map((row) => [row.Time, row]));
  for (const row of rows) {
    const reading = original.get(row.Time?.S ?? "");
    const kw = (reading?.Global_active_power ?? 0) - (reading?.Sub_metering_1 ?? 0) * 0.06;
    expect(Number(row.Global_active_power?.S)).toBeCloseTo(Math.max(0, kw), 3);
    expect(Number(row.Sub_metering_1?.S)).toBe(0);
    expect(Number(row.Sub_metering_2?.S)).toBe(reading?.Sub_metering_2);
  }
}, 90_000);

test("the rest of the month is told in kWh and dollars, as a chart and as a table", async () => {
  await press("Estimate");
  const words = await told("Month's estimate", "29 days at $0.2257 per kWh.");
  const [, kwh, dollars] = /([\d.]+) kWh, \$([\d.]+)/.exec(words) ?? [];
  expect(Number(dollars)).toBeCloseTo(Number(kwh) * 0.2257, 1);
  const chart = page.getByRole("img", { name: "Forecast of power by day" });
  expect(await chart.locator("text").allTextContents()).toEqual(
    expect.arrayContaining(["kW", "day", "11-02"]),
  );
  const cells = await page.getByRole("table").getByRole("row").allInnerTexts();
  expect(cells).toHaveLength(30);
  const days = cells.slice(1).map((row) => Number(row.split("\t").at(-1)));
  expect(days.reduce((sum, day) => sum + day)).toBeCloseTo(Number(kwh), 0);
});

test("the last day of a month is one day", async () => {
  await page.getByLabel("From").fill("2010-11-30T07:00:00");
  await press("Estimate");
  await told("Month's estimate", "1 day at $0.2257 per kWh.");
});

test("a report of two months opens by its link", async () => {
  await page.getByLabel("User").fill("reader");
  await choose(MONTHS);
  await press("Start streaming");
  await told("Next day's forecast", "kWh");
  await press("Usage report");
  await told("Report", "Open the report");
  const href = await page.getByRole("link", { name: "Open the report" }).getAttribute("href");
  const report = await page.request.get(href ?? "");
  expect(report.headers()["content-type"]).toBe("application/pdf");
  expect((await report.body()).subarray(0, 5).toString()).toBe("%PDF-");
}, 90_000);

test.each([
  ["nothing", "", "The file is empty."],
  [
    "a table of something else",
    "a,b\n1,2\n",
    "This is no file of readings: its first line lacks Date",
  ],
  ["a header alone", `${DAY.split("\n")[0]}\n`, "The file holds no reading."],
])("a file of %s is refused in words, marked, and uploaded nowhere", async (_, text, words) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await choose(text);
  await press("Start streaming");
  expect(await told("Next day's forecast", words)).toContain(words);
  const input = page.getByLabel("Readings");
  expect(await input.getAttribute("aria-invalid")).toBe("true");
  expect(await input.evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true);
  expect(asked).toEqual([]);
});

test("no file, and a user that is none, are told too", async () => {
  await press("Start streaming");
  await told("Next day's forecast", "Choose a file of readings first.");
  await page.getByLabel("User").fill("a_b");
  await choose(DAY);
  await press("Start streaming");
  await told("Next day's forecast", "A user is 1 to 64 letters, digits and hyphens.");
  await press("Usage report");
  await told("Report", "A user is 1 to 64 letters, digits and hyphens.");
  await page.getByLabel("From").fill("");
  await press("Estimate");
  await told("Month's estimate", "Choose a day and a time.");
});
