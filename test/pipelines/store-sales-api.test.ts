import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";
import { startTank, type TestTank } from "../support/tank.ts";

let tank: TestTank;
let doors: Record<string, string> = {};

beforeAll(async () => {
  tank = await startTank();
  const { outputs } = await tank.deploy(join(packageRoot(), "handlers/store-sales/template.yaml"));
  const address = (name: string) => tank.localUrls(outputs[name] ?? "").replace(/\/$/, "");
  doors = { "an HTTP API": address("Api"), "a function URL": address("FunctionUrl") };
});
afterAll(() => tank.stop());

interface Said {
  readonly message?: string | null;
  readonly data?: string | null | Record<string, string>;
  readonly Sales?: number;
  readonly days?: readonly { readonly sales: number }[];
}

describe.each(["an HTTP API", "a function URL"])("behind %s", (door) => {
  const ask = async (method: string, path: string) => {
    const response = await fetch(`${doors[door]}${path}`, { method });
    return { status: response.status, said: (await response.json()) as Said };
  };
  const isPng = (base64: string | undefined) =>
    Buffer.from(base64 ?? "", "base64")
      .subarray(1, 4)
      .toString() === "PNG";

  test("the original's welcome", async () => {
    const message = "Welcome from the Store Sales Application";
    expect(await ask("GET", "/")).toEqual({ status: 200, said: { message } });
  });

  test.each(["AUTOMOTIVE", "BREAD/BAKERY", "LIQUOR,WINE,BEER"])(
    "the sales of %s are drawn by year and by month",
    async (family) => {
      const { status, said } = await ask(
        "GET",
        `/store/3/family/${encodeURIComponent(family)}/sales`,
      );
      expect(status).toBe(200);
      const { data_year, data_month } = said.data as Record<string, string>;
      expect([isPng(data_year), isPng(data_month), said.message]).toEqual([true, true, null]);
    },
  );

  test("a family's slash and comma may also stand in the path as they are", async () => {
    for (const family of ["BREAD/BAKERY", "LIQUOR,WINE,BEER"]) {
      expect((await ask("GET", `/store/3/family/${family}/sales`)).status).toBe(200);
    }
  });

  test("a store's promotions of a year are drawn", async () => {
    const { said } = await ask("GET", "/store/54/year/2017/promotions");
    expect([isPng(said.data as string), said.message]).toEqual([true, null]);
  });

  test("an id's sales are the first day of its series' forecast", async () => {
    const { said } = await ask("POST", "/predict_sales/3000893");
    const series = await ask("GET", "/store/1/family/BREAD%2FBAKERY/forecast");
    expect(said.Sales).toBeGreaterThan(100);
    expect(series.said.days).toHaveLength(16);
    expect(series.said.days?.[0]?.sales).toBe(said.Sales);
  });

  test.each([
    ["POST", "/predict_sales/5", 404, "there is no product 5: ids are 3000888 to 3029399"],
    ["POST", "/predict_sales/five", 422, 'the product id is "five", not a whole number'],
    ["GET", "/predict_sales/5", 405, "/predict_sales/5 takes POST, not GET"],
    ["GET", "/store/55/year/2017/promotions", 404, 'there is no store "55": stores are 1 to 54'],
    ["GET", "/store/1/year/2018/promotions", 404, 'the year is "2018": there are 2013 to 2017'],
    ["GET", "/store/1/family/BREAD/sales", 404, expect.stringContaining('no family "BREAD"')],
    ["GET", "/nowhere", 404, "there is no /nowhere"],
  ])("%s %s is refused with %i", async (method, path, status, message) => {
    expect(await ask(method, path)).toEqual({ status, said: { data: null, message } });
  });
});
