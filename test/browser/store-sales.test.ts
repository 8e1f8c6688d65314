import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { until } from "../support/tank.ts";
import { openPages, type PipelinePages } from "./page.ts";

let pages: PipelinePages;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  pages = await openPages("store-sales");
});
afterAll(() => pages?.[Symbol.asyncDispose]());
beforeEach(async () => {
  ({ page, complaints } = await pages.open());
});
afterEach(async () => {
  expect(complaints).toEqual([]);
  await page.close();
});

const figure = (caption: string | RegExp) => page.getByRole("figure").filter({ hasText: caption });
const choice = (name: string) => page.getByRole("combobox", { name });
const count = (caption: string | RegExp, part: string) => figure(caption).locator(part).count();
const texts = (caption: string | RegExp) => figure(caption).locator("text").allTextContents();

async function view(name: string): Promise<void> {
  const link = page.getByRole("navigation").getByRole("link", { name });
  await link.click();
  await page.locator("nav a[aria-current=page]", { hasText: name }).waitFor();
}
async function drawn(caption: string | RegExp): Promise<void> {
  await figure(caption).waitFor({ timeout: 25_000 });
}

test("the page says what its history holds", async () => {
  const words = page.getByRole("status");
  await words.getByText("33 families in 54 stores, 1688 days").waitFor();
});

test("products: a family's months, quarters and years", async () => {
  await choice("Family").selectOption("LIQUOR,WINE,BEER");
  await drawn("LIQUOR,WINE,BEER: average sales by month");
  expect(await count("by month", "rect")).toBe(12);
  expect(await texts("average sales by year")).toEqual(
    expect.arrayContaining(["2013", "2017", "year", "units or kg a day"]),
  );
  const shares = (await texts("share of sales by quarter")).map((text) =>
    Number(/: ([\d.]+) %/.exec(text)?.[1]),
  );
  expect(shares).toHaveLength(4);
  expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(100, 0);
});

test.each(["BREAD/BAKERY", "LIQUOR,WINE,BEER"])(
  "stores: promotions, sales and a forecast of %s",
  async (family) => {
    await view("Stores");
    await choice("Store").selectOption("44");
    await choice("Year").selectOption("2016");
    await drawn("Store 44, 2016: items on promotion");
    await choice("Show").selectOption("Sales");
    await choice("Family").selectOption(family);
    await drawn(`Store 44, ${family}: sales by month`);
    const widths = await page
      .getByRole("img", { name: `Store 44, ${family}: sales by` })
      .evaluateAll((images) => images.map((image) => image.naturalWidth));
    expect(widths).toHaveLength(2);
    for (const width of widths) expect(width).toBeGreaterThan(0);
    await choice("Show").selectOption("Forecast");
    const caption = `Store 44, ${family}: forecast after 2017-08-15`;
    await drawn(caption);
    expect(await count(caption, "rect")).toBe(16);
    expect(await texts(caption)).toEqual(expect.arrayContaining(["08-16", "units or kg a day"]));
    expect(await choice("Year").isVisible()).toBe(false);
  },
);

test("oil price: a day's sales against it, with Spearman's correlation", async () => {
  await view("Oil price");
  await drawn(/sales against the price of oil, Spearman's correlation -?0\.\d\d/);
  expect(await count("price of oil", "circle")).toBe(1688);
  expect(await texts("price of oil")).toContain("price of oil, $ a barrel");
});

test("holidays: all days, and holidays by kind, each as it is chosen", async () => {
  await view("Holidays");
  await drawn("national holidays dashed");
  expect(await count("dashed", "line.mark")).toBeGreaterThan(40);
  expect(await texts("on holidays")).toEqual(
    expect.arrayContaining(["National", "Local", "World Cup", "Earthquake", "Christmas"]),
  );
  await page.getByLabel("All days").uncheck();
  await until(async () => (await page.getByRole("figure").count()) === 1);
  expect(await page.getByRole("figure").innerText()).toContain("on holidays");
});

test("transactions: of the store that is chosen", async () => {
  await view("Transactions");
  await choice("Store").selectOption("3");
  await drawn("Store 3: transactions");
  expect(await texts("Store 3")).toEqual(expect.arrayContaining(["transactions a day", "2016"]));
});

test("autocorrelation: at as many lags as are chosen, highest after a week", async () => {
  await view("Autocorrelation");
  await choice("Lags").selectOption("60");
  await drawn("AUTOMOTIVE: autocorrelation");
  for (const caption of [": autocorrelation", ": partial autocorrelation"]) {
    expect(await count(caption, "circle")).toBe(61);
  }
  const tips = await figure(": autocorrelation").locator("circle title").allTextContents();
  const values = tips.map((tip) => Number(tip.split(": ")[1]));
  expect(values.indexOf(Math.max(...values.slice(1)))).toBe(7);
});

test("an API that does not answer is named", async () => {
  await page.evaluate(() => {
    (globalThis as unknown as { STORE_SALES_API: string }).STORE_SALES_API = "http://127.0.0.1:1";
  });
  await view("Stores");
  await page.getByText("The API at http://127.0.0.1:1 does not answer").waitFor();
  expect(complaints.splice(0)).toEqual([expect.stringContaining("http://127.0.0.1:1/store/1/")]);
});
