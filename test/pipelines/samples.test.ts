import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { selectPipelines, shippedPipelines } from "../../emulator/pipelines/pipeline.ts";
import { type Played, play } from "../../emulator/pipelines/play.ts";
import { areInvoked, readSamples } from "../../emulator/pipelines/samples.ts";
import { loadSamples } from "../../emulator/testing/index.ts";
import { startTank } from "../support/tank.ts";

const folder = mkdtempSync(join(tmpdir(), "samples-"));
afterAll(() => rmSync(folder, { recursive: true }));

function samplesFile(name: string, samples: unknown): string {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(samples));
  return file;
}

test.each(["wine", "sentiment"])(
  "the samples of %s are answered by its function, in order",
  async (name) => {
    await using tank = await startTank();
    const [pipeline] = selectPipelines([name]);
    if (!pipeline?.samples) throw new Error("no samples");
    await tank.deploy(pipeline.templateFile);
    const seen: Played[] = [];
    const played = await play(pipeline, { api: tank, onPrediction: (each) => seen.push(each) });
    expect(seen).toEqual(played);
    expect(played.map(({ input }) => input)).toEqual(pipeline.samples.records);
    for (const each of played) {
      expect(Object.keys(each)).toEqual(["pipeline", "input", "prediction", "latencyMs"]);
      expect(each.pipeline).toBe(name);
      expect(JSON.stringify(each.prediction)).toMatch(/Cultivar [012]|negative|neutral|positive/);
    }
  },
);

test("a function that fails ends the play with what it said", async () => {
  await using tank = await startTank();
  await tank.deploy(selectPipelines(["ride-duration"])[0]?.templateFile ?? "");
  const samples = { invoke: { function: "ride-duration" }, records: [{ Records: 1 }] };
  const playing = play(
    { name: "rides", templateFile: "", samples },
    { api: tank, onPrediction: () => undefined },
  );
  await expect(playing).rejects.toMatchObject({
    code: "ERR_INVOKE",
    message: expect.stringContaining("rides: ride-duration failed: "),
  });
});

test("samples are of streams or of a function, and each pipeline that is shipped has some", () => {
  const kinds = shippedPipelines().map(({ name, samples }) => [
    name,
    samples && areInvoked(samples),
  ]);
  expect(kinds).toEqual([
    ["power-usage", true],
    ["ride-duration", false],
    ["sentiment", true],
    ["store-sales", false],
    ["wine", true],
  ]);
});

test("a file that says neither streams nor a function is refused, with what it needs", () => {
  const neither = samplesFile("neither", { records: [] });
  expect(() => readSamples(neither)).toThrow("holds no samples: input.stream is missing");
  const nameless = samplesFile("nameless", { invoke: {}, records: [] });
  expect(() => readSamples(nameless)).toThrow("holds no samples: invoke.function is missing");
  const empty = samplesFile("empty", { invoke: { function: "wine" } });
  expect(() => readSamples(empty)).toThrow("holds no samples: records is missing");
});

test("a testbed's records of a stream are not taken from samples of a function", () => {
  const invoked = samplesFile("invoked", { invoke: { function: "wine" }, records: [] });
  expect(() => loadSamples(invoked)).toThrow("holds no samples: input.stream is missing");
});
