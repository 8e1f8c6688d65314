import {
  CreateModelCommand,
  UpdateEndpointWeightsAndCapacitiesCommand,
} from "@aws-sdk/client-sagemaker";
import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { until } from "../../support/tank.ts";
import { answer, GatedHost } from "./gated-host.ts";
import { faultOf, type HostingTank, startHosting } from "./hosting-tank.ts";

type Desired = NonNullable<
  UpdateEndpointWeightsAndCapacitiesCommand["input"]["DesiredWeightsAndCapacities"]
>;

function update(tank: HostingTank, ...DesiredWeightsAndCapacities: Desired) {
  const command = { EndpointName: "Rides", DesiredWeightsAndCapacities };
  return tank.client.send(new UpdateEndpointWeightsAndCapacitiesCommand(command));
}

async function start(options: Parameters<typeof startHosting>[0] = {}) {
  const host = new GatedHost(() => answer(200, "")).open();
  const tank = await startHosting({ host, ...options });
  await tank.addModel("model");
  await tank.addConfig("config", { VariantName: "a" }, { VariantName: "b" });
  await tank.addEndpoint("Rides", "config");
  return tank;
}

test("weights and counts become what is desired, and what is not named stays", async () => {
  await using tank = await start();
  await update(
    tank,
    { VariantName: "a", DesiredWeight: 3 },
    { VariantName: "b", DesiredInstanceCount: 4 },
  );
  expect((await tank.settled("Rides")).ProductionVariants).toMatchObject([
    { CurrentWeight: 3, DesiredWeight: 3, CurrentInstanceCount: 1 },
    { CurrentWeight: 1, CurrentInstanceCount: 4, DesiredInstanceCount: 4 },
  ]);
});

test("instances that take their time to launch are desired before they are current", async () => {
  const clock = new ManualClock();
  const host = new GatedHost(() => answer(200, "")).open();
  await using tank = await startHosting({ clock, host });
  await tank.addModel("plain");
  await tank.client.send(
    new CreateModelCommand({
      ModelName: "model",
      PrimaryContainer: {
        Image: "models/server:1",
        ModelDataUrl: "s3://models/plain/model.tar.gz",
        Environment: { WAVETANK_LAUNCH_SECONDS: "120" },
      },
    }),
  );
  await tank.addConfig("config", {});
  const created = tank.addEndpoint("Rides", "config");
  await until(() => host.started.length === 1);
  await clock.advance(120_000);
  await created;
  await update(tank, { VariantName: "AllTraffic", DesiredInstanceCount: 3 });
  await clock.advance(119_000);
  expect(await tank.described("Rides")).toMatchObject({
    EndpointStatus: "Updating",
    ProductionVariants: [{ CurrentInstanceCount: 1, DesiredInstanceCount: 3 }],
  });
  await clock.advance(1_000);
  expect(await tank.described("Rides")).toMatchObject({
    EndpointStatus: "InService",
    ProductionVariants: [{ CurrentInstanceCount: 3, DesiredInstanceCount: 3 }],
  });
});

test("unknown, repeated and emptied variants are refused, and nothing changes", async () => {
  await using tank = await start();
  expect(await faultOf(update(tank, { VariantName: "c", DesiredWeight: 1 }))).toBe(
    'ValidationException: The variant name(s) "c" is/are not present within endpoint configuration "config".',
  );
  expect(await faultOf(update(tank, { VariantName: "a" }, { VariantName: "a" }))).toMatch(
    /"a" was non-unique within the request/,
  );
  expect(await faultOf(update(tank, { VariantName: "a", DesiredInstanceCount: 0 }))).toMatch(
    /must be at least 1/,
  );
  expect((await tank.described("Rides")).EndpointStatus).toBe("InService");
});
