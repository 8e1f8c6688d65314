import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { TestTank } from "../support/tank.ts";
import { openPages, type PipelinePages } from "./page.ts";

let tank: TestTank;
let pages: PipelinePages;
let page: Page;
let address = "";
let asked: string[] = [];

beforeAll(async () => {
  pages = await openPages("wine");
  ({ tank, address } = pages);
});
afterAll(() => pages?.[Symbol.asyncDispose]());
beforeEach(async () => {
  page = await pages.browser.newPage();
  asked = [];
  page.on("request", (request) => asked.push(`${request.method()} ${request.url()}`));
  await page.goto(address);
  return () => page.close();
});

const answer = () => page.locator("#answer");
const predict = () => page.getByRole("button", { name: "Predict" }).click();

/** Types numbers into the fields, one after the other. */
async function fill(numbers: string): Promise<void> {
  const cells = numbers.split(",");
  const fields = page.getByRole("textbox");
  expect(await fields.count()).toBe(cells.length);
  for (const [index, cell] of cells.entries()) await fields.nth(index).fill(cell);
}

/** Waits until the answer has this in it, and gives all of its words. */
async function answered(text: string | RegExp): Promise<string> {
  await answer().getByText(text).first().waitFor();
  return (await answer().innerText()).replaceAll(/\s+/g, " ");
}

test.each([
  ["14.23,1.71,2.43,15.6,127,2.8,3.06,0.28,2.29,5.64,1.04,3.92,1065", 0],
  ["12.29,1.41,1.98,16,85,2.55,2.5,0.29,1.77,2.9,1.23,2.74,428", 1],
  ["14.13,4.1,2.74,24.5,96,2.05,0.76,0.56,1.35,9.2,0.61,1.6,560", 2],
])(
  "thirteen numbers %s are of cultivar %i, with the probabilities of all",
  async (row, cultivar) => {
    await fill(row);
    await predict();
    const words = await answered(`Your Wine class is Cultivar ${cultivar}`);
    const shares = [...words.matchAll(/Cultivar (\d) ([\d.]+) %/g)].map(([, , share]) =>
      Number(share),
    );
    expect(shares).toHaveLength(3);
    expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(100, 0);
    expect(shares.indexOf(Math.max(...shares))).toBe(cultivar);
  },
);

test("the page asks the API across origins, as its browser's preflight allowed", async () => {
  const { origin } = new URL(address);
  expect(origin).toBe(`http://wine-site-000000000000-us-east-1.s3-website.localhost:${tank.port}`);
  await predict();
  await answered("Cultivar 0");
  const api = asked.filter((one) => one.includes("/_api/"));
  expect(api).toEqual([expect.stringMatching(`^POST ${tank.url}/_api/.*/DummyStage/wine$`)]);
  expect(asked.every((one) => [origin, tank.url].some((known) => one.includes(known)))).toBe(true);
});

test("the original's way in is open to the page as well", async () => {
  const body = JSON.stringify({
    body: "14.23,1.71,2.43,15.6,127,2.8,3.06,0.28,2.29,5.64,1.04,3.92,1065",
  });
  const said = await page.evaluate(async (sent) => {
    const { WINE_API } = globalThis as unknown as { WINE_API: string };
    const request = { method: "POST", headers: { "content-type": "text/csv" }, body: sent };
    return (await fetch(WINE_API.replace(/\/wine$/, "/DT"), request)).json();
  }, body);
  expect(said).toMatchObject({ body: "Your Wine class is Cultivar 0" });
});

test("what is no number is told by its label, marked, and asked of nobody", async () => {
  await page.getByLabel("Malic acid").fill("much");
  await predict();
  expect(await answered("no number")).toContain("“Malic acid” is no number");
  expect(await page.getByLabel("Malic acid").getAttribute("aria-invalid")).toBe("true");
  expect(await page.getByLabel("Ash", { exact: false }).first().getAttribute("aria-invalid")).toBe(
    "false",
  );
  expect(asked.some((one) => one.includes("/_api/"))).toBe(false);
  await page.getByLabel("Malic acid").fill("");
  await predict();
  expect(await answered("no number")).toContain("“Malic acid”");
});

test("what the function refuses is shown in its words", async () => {
  await page.getByLabel("Proline").fill("1e39");
  await predict();
  const words = await answered("400");
  expect(words).toContain('Bad request: number 13 (proline) is "1e39", not a finite number');
});

test("an API that does not answer is named", async () => {
  await page.evaluate(() => {
    (globalThis as unknown as { WINE_API: string }).WINE_API = "http://127.0.0.1:1/wine";
  });
  await predict();
  expect(await answered("does not answer")).toContain("http://127.0.0.1:1/wine");
});

test("a page of a bucket reaches APIs, but no operation of AWS", async () => {
  const call = (operation: string, input: object) =>
    page.evaluate(
      async ([url, target, body]) => {
        const headers = {
          "x-amz-target": String(target),
          "content-type": "application/x-amz-json-1.1",
        };
        try {
          return await (await fetch(String(url), { method: "POST", headers, body })).text();
        } catch (error) {
          return String(error);
        }
      },
      [`${tank.url}/`, operation, JSON.stringify(input)],
    );
  // The preflight of the control plane has no answer that lets the page go on.
  expect(await call("Kinesis_20131202.CreateStream", { StreamName: "s", ShardCount: 1 })).toBe(
    "TypeError: Failed to fetch",
  );
  expect(await tank.call("kinesis", "ListStreams", {})).toMatchObject({ StreamNames: [] });
});

test("a page from anywhere may ask the API, and nothing else of the tank", async () => {
  // Chromium asks its user before a page of the internet may reach this machine.
  await page.context().grantPermissions(["local-network-access"]);
  await page.route("https://elsewhere.example/", (route) =>
    route.fulfill({ contentType: "text/html", body: "<title>elsewhere</title>" }),
  );
  await page.goto("https://elsewhere.example/");
  const ask = (url: string, method: string) =>
    page.evaluate(
      async ([to, how]) => {
        const body = how === "POST" ? "1,2" : undefined;
        return fetch(String(to), { method: String(how), body }).then(
          (response) => response.status,
          String,
        );
      },
      [url, method],
    );
  const api = `${tank.url}/_api/lugu50n1jj/DummyStage/wine`;
  expect(await ask(api, "POST")).toBe(400);
  expect(await ask(`${tank.url}/_wavetank/health`, "GET")).toBe("TypeError: Failed to fetch");
});
