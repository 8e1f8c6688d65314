import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inProcessModels } from "../../emulator/model-server/in-process.ts";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";

const fixtures = join(packageRoot(), "fixtures");
const models = readdirSync(fixtures).filter((name) =>
  existsSync(join(fixtures, name, "model.onnx")),
);
const read = (...path: string[]) => JSON.parse(readFileSync(join(fixtures, ...path), "utf8"));

/** Relative to the value, and to one where the value is small. */
const TOLERANCE = 1e-4;

describe.each(models)("the model of %s", (name) => {
  test("predicts what the library that trained it predicts", async () => {
    const { features, ride_duration: expected } = read(name, "reference.json") as {
      features: number[][];
      ride_duration: number[];
    };
    const model = await inProcessModels().start({
      modelFolder: join(fixtures, name),
      environment: {},
    });
    const answer = await model.invoke({
      contentType: "application/json",
      accept: "application/json",
      body: Buffer.from(JSON.stringify({ instances: features })),
    });
    await model.stop();
    const { predictions } = JSON.parse(String(answer.body)) as { predictions: number[][] };
    expect(predictions).toHaveLength(expected.length);
    predictions.forEach(([value = Number.NaN], index) => {
      const wanted = expected[index] as number;
      expect(Math.abs(value - wanted) / Math.max(1, Math.abs(wanted))).toBeLessThan(TOLERANCE);
    });
  });

  test("scores at least as well as the original, in less than 5 MB", () => {
    const { rmse_minutes: rmse } = read(name, "metrics.json");
    expect(rmse.validation).toBeLessThanOrEqual(rmse.original_validation);
    expect(statSync(join(fixtures, name, "model.onnx")).size).toBeLessThan(5_000_000);
  });
});
