import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inProcessModels } from "../../emulator/model-server/in-process.ts";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";
import { powerReadings } from "../../fixtures/power-usage/generate.ts";
import { rides } from "../../fixtures/ride-duration/generate.ts";
import { headlines } from "../../fixtures/sentiment/generate.ts";
import { wineSamples } from "../../fixtures/wine/generate.ts";

const fixtures = join(packageRoot(), "fixtures");
const models = readdirSync(fixtures).filter((name) =>
  existsSync(join(fixtures, name, "model.onnx")),
);
const read = (...path: string[]) => JSON.parse(readFileSync(join(fixtures, ...path), "utf8"));

/** Relative to the value, and to one where the value is small. */
const TOLERANCE = 1e-4;

type Nested = number | string | readonly Nested[];
const flat = (value: Nested): (number | string)[] =>
  typeof value === "object" ? value.flatMap(flat) : [value];

/** Outputs by name, asked for in TensorFlow Serving's column format. */
async function outputsOf(name: string, inputs: unknown): Promise<Record<string, Nested>> {
  const model = await inProcessModels().start({
    modelFolder: join(fixtures, name),
    environment: {},
  });
  const answer = await model.invoke({
    contentType: "application/json",
    accept: "application/json",
    body: Buffer.from(JSON.stringify({ inputs })),
  });
  await model.stop();
  const { outputs } = JSON.parse(String(answer.body));
  const names = Object.keys(read(name, "metrics.json").output);
  return names.length === 1 ? { [String(names[0])]: outputs } : outputs;
}

describe.each(models)("the model of %s", (name) => {
  test("predicts what the library that trained it predicts", async () => {
    const { input, output } = read(name, "metrics.json");
    const reference = read(name, "reference.json") as Record<string, Nested>;
    const predicted = await outputsOf(name, reference[String(Object.keys(input)[0])]);
    expect(Object.keys(predicted)).toEqual(Object.keys(output));
    for (const [each, values] of Object.entries(predicted)) {
      const wanted = flat(reference[each] ?? []);
      const found = flat(values);
      expect(found).toHaveLength(wanted.length);
      expect(found.filter((value, index) => !isClose(value, wanted[index]))).toEqual([]);
    }
  });

  test("is smaller than 5 MB", () => {
    expect(statSync(join(fixtures, name, "model.onnx")).size).toBeLessThan(5_000_000);
  });
});

function isClose(value: number | string, wanted: number | string | undefined): boolean {
  if (typeof value === "string" || typeof wanted !== "number") return value === wanted;
  return Math.abs(value - wanted) / Math.max(1, Math.abs(wanted)) < TOLERANCE;
}

test("ride durations are at least as near to the truth as the original's", () => {
  const { rmse_minutes: rmse } = read("ride-duration", "metrics.json");
  expect(rmse.validation).toBeLessThanOrEqual(rmse.original_validation);
});

test("at least 94 of 100 wines that the model has not seen are told right", () => {
  const { accuracy } = read("wine", "metrics.json");
  expect(accuracy.cross_validation).toBeGreaterThanOrEqual(0.94);
  expect(accuracy.per_fold).toHaveLength(5);
});

test("sentiment of sentences held out is told far better than by always answering neutral", () => {
  const { macro_f1: f1 } = read("sentiment", "metrics.json");
  expect(f1.held_out).toBeGreaterThan(0.7);
  expect(f1.always_neutral).toBeLessThan(0.3);
});

test("generated wines are told by the model to be of the cultivar that they were drawn from", async () => {
  const samples = [...wineSamples({ seed: 2, count: 200 })];
  const { wine_class: told } = await outputsOf(
    "wine",
    samples.map(({ body }) => body.split(",").map(Number)),
  );
  const right = samples.filter(({ cultivar }, index) => (told as number[])[index] === cultivar);
  expect(right.length).toBeGreaterThan(190);
});

test("generated headlines are mostly told to be of the tone that they were written in", async () => {
  const samples = [...headlines({ seed: 2, count: 200 })];
  const { category } = await outputsOf(
    "sentiment",
    samples.map(({ payload }) => [payload]),
  );
  const right = samples.filter(({ tone }, index) => (category as string[])[index] === tone);
  expect(right.length).toBeGreaterThan(160);
});

test.each([
  ["rides", rides],
  ["wines", wineSamples],
  ["headlines", headlines],
  ["readings of a meter", powerReadings],
])("the same seed gives the same %s", (_, samples) => {
  expect([...samples({ seed: 7, count: 20 })]).toEqual([...samples({ seed: 7, count: 20 })]);
  expect([...samples({ seed: 7, count: 20 })]).not.toEqual([...samples({ seed: 8, count: 20 })]);
});
