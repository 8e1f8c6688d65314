import {
  CreateEndpointConfigCommand,
  UpdateEndpointCommand,
  UpdateEndpointWeightsAndCapacitiesCommand,
  waitUntilEndpointInService,
} from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { expect, test } from "vitest";
import { until } from "../../support/tank.ts";
import { answer, GatedHost } from "./gated-host.ts";
import { faultOf, type HostingTank, PLAIN_VARIANT, startHosting } from "./hosting-tank.ts";

async function invoke(tank: HostingTank): Promise<string> {
  const command = new InvokeEndpointCommand({ EndpointName: "Rides", Body: "1" });
  const { Body } = await tank.runtime.send(command);
  return Body?.transformToString() ?? "";
}

function update(tank: HostingTank, input: Partial<UpdateEndpointCommand["input"]> = {}) {
  const command = { EndpointName: "Rides", EndpointConfigName: "green", ...input };
  return tank.client.send(new UpdateEndpointCommand(command));
}

async function start(host = new GatedHost((_, variant) => answer(200, variant)).open()) {
  const tank = await startHosting({ host });
  await tank.addModel("model");
  await tank.addConfig("blue", { VariantName: "blue", InitialInstanceCount: 2 });
  await tank.addConfig("green", { VariantName: "green" });
  await tank.addEndpoint("Rides", "blue");
  return tank;
}

test("the old fleet serves until the new one is loaded, and is stopped then", async () => {
  const host = new GatedHost((_, variant) => answer(200, variant)).open();
  await using tank = await start(host);
  host.close();
  await update(tank);
  expect((await tank.described("Rides")).EndpointStatus).toBe("Updating");
  expect(await invoke(tank)).toBe("blue");
  host.open();
  await waitUntilEndpointInService(
    { client: tank.client, maxWaitTime: 10, minDelay: 1, maxDelay: 1 },
    { EndpointName: "Rides" },
  );
  expect(await invoke(tank)).toBe("green");
  expect((await tank.described("Rides")).EndpointConfigName).toBe("green");
  await until(() => host.stopped === 1);
});

test("a new model that does not load leaves the old one in service, with the reason", async () => {
  await using tank = await start();
  await tank.addModel("broken");
  tank.artifacts.objects.delete("s3://models/broken/model.tar.gz");
  await tank.addConfig("green-broken", { VariantName: "green", ModelName: "broken" });
  await update(tank, { EndpointConfigName: "green-broken" });
  const described = await tank.settled("Rides");
  expect(described.EndpointStatus).toBe("InService");
  expect(described.EndpointConfigName).toBe("blue");
  expect(described.FailureReason).toMatch(/^Failed to download model data/);
  expect(await invoke(tank)).toBe("blue");
  const DesiredWeightsAndCapacities = [{ VariantName: "blue", DesiredInstanceCount: 3 }];
  const input = { EndpointName: "Rides", DesiredWeightsAndCapacities };
  await tank.client.send(new UpdateEndpointWeightsAndCapacitiesCommand(input));
  expect((await tank.settled("Rides")).FailureReason).toBeUndefined();
  const warnings = tank.events.filter(({ type }) => type === "warning");
  expect(warnings).toHaveLength(1);
});

test("an endpoint that is updated already is refused", async () => {
  const host = new GatedHost(() => answer(200, "")).open();
  await using tank = await start(host);
  host.close();
  await update(tank);
  expect(await faultOf(update(tank))).toMatch(/Cannot update in-progress endpoint/);
  host.open();
  await tank.settled("Rides");
});

test("variants of the same name retain count and weight when asked to, but for what is excluded", async () => {
  await using tank = await start();
  await tank.addConfig("other", { VariantName: "blue", InitialVariantWeight: 5 });
  await update(tank, {
    EndpointConfigName: "other",
    RetainAllVariantProperties: true,
    ExcludeRetainedVariantProperties: [{ VariantPropertyType: "DesiredWeight" }],
  });
  const { ProductionVariants } = await tank.settled("Rides");
  expect(ProductionVariants?.[0]).toMatchObject({ CurrentInstanceCount: 2, CurrentWeight: 5 });
});

test("a shadow sees copies by its share of the weight, and the answer is production's", async () => {
  const seen: string[] = [];
  const host = new GatedHost((_, variant) => {
    seen.push(variant);
    if (variant === "shadow") throw new Error("the shadow's own trouble");
    return answer(200, variant);
  }).open();
  await using tank = await start(host);
  await tank.client.send(
    new CreateEndpointConfigCommand({
      EndpointConfigName: "shadowed",
      ProductionVariants: [{ ...PLAIN_VARIANT, VariantName: "prod", InitialVariantWeight: 2 }],
      ShadowProductionVariants: [{ ...PLAIN_VARIANT, VariantName: "shadow" }],
    }),
  );
  await update(tank, { EndpointConfigName: "shadowed" });
  const { ShadowProductionVariants } = await tank.settled("Rides");
  expect(ShadowProductionVariants).toMatchObject([
    { VariantName: "shadow", CurrentInstanceCount: 1 },
  ]);
  for (let sent = 0; sent < 4; sent += 1) expect(await invoke(tank)).toBe("prod");
  expect(seen.filter((variant) => variant === "shadow")).toHaveLength(2);
});
