import { readdirSync, readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inProcessModels } from "../../emulator/model-server/in-process.ts";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";
import { salesEvents } from "../../fixtures/store-sales/generate.ts";
import { dailySales } from "../../fixtures/store-sales/series.ts";
import { FAMILIES, slugOf } from "../../handlers/store-sales/families.ts";
import { STORES } from "../../handlers/store-sales/stores.ts";

const fixtures = join(packageRoot(), "fixtures/store-sales");
const read = (name: string) => JSON.parse(readFileSync(join(fixtures, name), "utf8"));

/** What one family's model answers to rows of text/csv, alone in a folder as its artifact has it. */
async function answered(family: string, rows: readonly (readonly number[])[]): Promise<number[]> {
  const modelFolder = await mkdtemp(join(tmpdir(), "store-sales-"));
  await mkdir(modelFolder, { recursive: true });
  await cp(join(fixtures, "models", `${slugOf(family)}.onnx`), join(modelFolder, "model.onnx"));
  const model = await inProcessModels().start({ modelFolder, environment: {} });
  const { body } = await model.invoke({
    contentType: "text/csv",
    accept: "text/csv",
    body: Buffer.from(rows.map((row) => row.join(",")).join("\n")),
  });
  await model.stop();
  await rm(modelFolder, { recursive: true });
  return String(body).trim().split("\n").map(Number);
}

test("each family has its own model, and each predicts what scikit-learn predicts", async () => {
  const files = readdirSync(join(fixtures, "models")).sort();
  expect(files).toEqual(FAMILIES.map((family) => `${slugOf(family)}.onnx`).sort());
  const { series, sales } = read("reference.json") as { series: number[][]; sales: number[] };
  for (const [index, family] of FAMILIES.entries()) {
    const places = series.flatMap(([number], place) => (number === index + 1 ? [place] : []));
    const found = await answered(
      family,
      places.map((place) => series[place]?.slice(1) ?? []),
    );
    const wanted = places.map((place) => sales[place] ?? Number.NaN);
    expect(wanted).toHaveLength(4);
    for (const [at, value] of wanted.entries()) {
      expect(Math.abs((found[at] ?? Number.NaN) - value) / Math.max(1, value)).toBeLessThan(1e-4);
    }
  }
});

test("a store that is 0 is forecast as no number, not as another store", async () => {
  const { series } = read("reference.json") as { series: number[][] };
  const row = series[0]?.slice(1) ?? [];
  expect(await answered("AUTOMOTIVE", [[0, ...row.slice(1)]])).toEqual([Number.NaN]);
});

test("the last 16 days are forecast better than by the same day last week, and than by the original's features", () => {
  const { rmsle, rmsle_per_family: families } = read("metrics.json");
  expect(rmsle.model).toBeLessThan(rmsle.same_day_last_week);
  expect(rmsle.model).toBeLessThan(rmsle.original_features);
  expect(Object.keys(families)).toEqual([...FAMILIES]);
  const worse = Object.entries(families as Record<string, Record<string, number>>)
    .filter(([, score]) => Number(score.model) >= Number(score.same_day_last_week))
    .map(([family]) => family);
  expect(worse).toEqual([]);
});

test("the same seed gives the same sales, another seed others", () => {
  const store = STORES[0];
  if (!store) throw new Error("there is no store");
  const sold = (seed: number) => [...dailySales({ seed, store, family: "DAIRY" })];
  expect(sold(3)).toEqual(sold(3));
  expect(sold(3)).not.toEqual(sold(4));
  expect([...salesEvents({ seed: 7, count: 20 })]).toEqual([
    ...salesEvents({ seed: 7, count: 20 }),
  ]);
});

test("the plan is of the same series as the generator's", () => {
  const store = STORES[24];
  if (!store) throw new Error("there is no store");
  const of2013 = [...dailySales({ seed: 1, store, family: "DAIRY" })].slice(0, 365);
  const sum = of2013.reduce((total, { sales }) => total + sales, 0);
  expect(read("plan.json").byYear[24][FAMILIES.indexOf("DAIRY")][0]).toBe(sum);
});
