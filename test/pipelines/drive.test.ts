import { expect, test } from "vitest";
import { drive, type Progress } from "../../emulator/pipelines/drive.ts";
import { selectPipelines } from "../../emulator/pipelines/pipeline.ts";
import { startTank } from "../support/tank.ts";

async function driven(name: string, options: { rate: number; durationMs: number }) {
  const [pipeline] = selectPipelines([name]);
  if (!pipeline) throw new Error("no pipeline");
  await using tank = await startTank();
  await tank.deploy(pipeline.templateFile);
  const progress: Progress[] = [];
  const onProgress = (each: Progress) => progress.push(each);
  const result = await drive(pipeline, { api: tank, ...options, onProgress });
  return { ...result, progress };
}

test.each(["ride-duration", "sentiment"])(
  "samples of %s are sent at the rate asked for, and each is answered",
  async (name) => {
    const { sent, answered, failed, latencies, progress } = await driven(name, {
      rate: 40,
      durationMs: 1_500,
    });
    expect(sent).toBeGreaterThan(40);
    expect(sent).toBeLessThanOrEqual(60);
    expect({ answered, failed }).toEqual({ answered: sent, failed: 0 });
    expect(latencies).toEqual([...latencies].sort((a, b) => a - b));
    expect(progress.length).toBeGreaterThan(0);
  },
);

test("more than a shard takes is put again until it is taken: nothing is lost", async () => {
  const { sent, answered } = await driven("ride-duration", { rate: 3_000, durationMs: 1_000 });
  expect(sent).toBeGreaterThan(2_000);
  expect(answered).toBe(sent);
});
