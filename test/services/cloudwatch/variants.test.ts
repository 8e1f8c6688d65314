import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { startHosting } from "../sagemaker/hosting-tank.ts";

const SCOPE = { accountId: "000000000000", region: "us-east-1" };
const MINUTE_MS = 60_000;

/** An endpoint of a model inside the tank that nobody invokes for so many minutes. */
async function idle(minutes: number) {
  const clock = new ManualClock();
  const tank = await startHosting({ clock });
  await tank.addModel("model");
  await tank.addConfig("config", {});
  const start = clock.now();
  await tank.addEndpoint("rides", "config");
  await clock.advance(minutes * MINUTE_MS);
  const values = (namespace: string, name: string, statistic: string) =>
    tank.cloudwatch
      .statistics({
        scope: SCOPE,
        namespace,
        name,
        dimensions: { EndpointName: "rides", VariantName: "AllTraffic" },
        statistic,
        start,
        end: clock.now(),
        periodMs: MINUTE_MS,
      })
      .map(({ value }) => value);
  return { tank, clock, values, [Symbol.asyncDispose]: () => tank[Symbol.asyncDispose]() };
}

test("an idle variant has zeros for each minute", async () => {
  await using under = await idle(3);
  expect(under.values("AWS/SageMaker", "Invocations", "Sum")).toEqual([0, 0, 0]);
  expect(under.values("AWS/SageMaker", "InvocationsPerInstance", "Sum")).toEqual([0, 0, 0]);
});

test.each(["CPUUtilization", "MemoryUtilization", "DiskUtilization"])(
  "the process that a model runs in has its %s measured each minute",
  async (name) => {
    await using under = await idle(2);
    const measured = under.values("/aws/sagemaker/Endpoints", name, "Maximum");
    expect(measured).toHaveLength(2);
    for (const value of measured) expect(value).toBeGreaterThan(0);
  },
);

test("an endpoint that is deleted is told of no longer", async () => {
  await using under = await idle(1);
  under.tank.engine.deleteEndpoint(SCOPE, "rides");
  await under.clock.advance(3 * MINUTE_MS);
  // Its last report was at the beginning of the minute in which it was deleted.
  expect(under.values("AWS/SageMaker", "Invocations", "Sum")).toEqual([0, 0]);
});
