import { PutMetricAlarmCommand, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import {
  type DeploymentConfig,
  type TrafficRoutingConfig,
  UpdateEndpointCommand,
} from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { until } from "../../support/tank.ts";
import { answer, GatedHost } from "./gated-host.ts";
import { faultOf, type HostingTank, startHosting } from "./hosting-tank.ts";

/** One that nothing but SetAlarmState moves. */
const ALARM = {
  AlarmName: "errors",
  Namespace: "Rides",
  MetricName: "Errors",
  Statistic: "Sum",
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 0,
  ComparisonOperator: "GreaterThanThreshold",
  TreatMissingData: "ignore",
} as const;

function raiseAlarm(tank: HostingTank) {
  const StateReason = "the test's";
  return tank.alarms.send(
    new SetAlarmStateCommand({ AlarmName: "errors", StateValue: "ALARM", StateReason }),
  );
}

async function start() {
  const clock = new ManualClock();
  const host = new GatedHost((_, variant) => answer(200, variant)).open();
  const tank = await startHosting({ host, clock });
  await tank.addModel("model");
  await tank.addConfig("blue", { VariantName: "blue", InitialInstanceCount: 4 });
  await tank.addConfig("green", { VariantName: "green", InitialInstanceCount: 4 });
  await tank.addEndpoint("Rides", "blue");
  await tank.alarms.send(new PutMetricAlarmCommand(ALARM));
  return { tank, clock, host, [Symbol.asyncDispose]: () => tank[Symbol.asyncDispose]() };
}

const routed = (routing: TrafficRoutingConfig, terminationWait?: number): DeploymentConfig => ({
  BlueGreenUpdatePolicy: {
    TrafficRoutingConfiguration: routing,
    ...(terminationWait && { TerminationWaitInSeconds: terminationWait }),
  },
  AutoRollbackConfiguration: { Alarms: [{ AlarmName: "errors" }] },
});

const CANARY = {
  Type: "CANARY",
  CanarySize: { Type: "CAPACITY_PERCENT", Value: 10 },
  WaitIntervalInSeconds: 300,
} as const;

function update(tank: HostingTank, input: Partial<UpdateEndpointCommand["input"]>) {
  const command = { EndpointName: "Rides", EndpointConfigName: "green", ...input };
  return tank.client.send(new UpdateEndpointCommand(command));
}

/** How many of twenty invocations the new fleet has answered. */
async function greens(tank: HostingTank): Promise<number> {
  let count = 0;
  for (let request = 0; request < 20; request += 1) {
    const command = new InvokeEndpointCommand({ EndpointName: "Rides", Body: "1" });
    const { InvokedProductionVariant } = await tank.runtime.send(command);
    if (InvokedProductionVariant === "green") count += 1;
  }
  return count;
}

const launched = (tank: HostingTank) => until(async () => (await greens(tank)) > 0);

test("a canary takes its share for as long as it is watched, then the rest", async () => {
  await using started = await start();
  const { tank, clock, host } = started;
  await update(tank, { DeploymentConfig: routed(CANARY, 60) });
  await launched(tank);
  expect(await greens(tank)).toBe(2);
  expect(await tank.described("Rides")).toMatchObject({
    EndpointStatus: "Updating",
    EndpointConfigName: "blue",
    LastDeploymentConfig: routed(CANARY, 60),
  });
  await clock.advance(299_000);
  expect(await greens(tank)).toBe(2);
  await clock.advance(1_000);
  expect(await greens(tank)).toBe(20);
  await clock.advance(300_000);
  expect(await tank.settled("Rides")).toMatchObject({
    EndpointStatus: "InService",
    EndpointConfigName: "green",
  });
  expect(host.stopped).toBe(0);
  await clock.advance(60_000);
  await until(() => host.stopped === 1);
});

test("linear steps are of one size, by instances too", async () => {
  await using started = await start();
  const { tank, clock } = started;
  const DeploymentConfig = routed({
    Type: "LINEAR",
    LinearStepSize: { Type: "INSTANCE_COUNT", Value: 1 },
    WaitIntervalInSeconds: 60,
  });
  await update(tank, { DeploymentConfig });
  await launched(tank);
  const shares: number[] = [];
  for (let step = 0; step < 4; step += 1) {
    shares.push(await greens(tank));
    await clock.advance(60_000);
  }
  expect(shares).toEqual([5, 10, 15, 20]);
  expect((await tank.settled("Rides")).EndpointConfigName).toBe("green");
});

test("an alarm takes the traffic back, and says so", async () => {
  await using started = await start();
  const { tank, clock, host } = started;
  await update(tank, { DeploymentConfig: routed(CANARY) });
  await launched(tank);
  await clock.advance(100_000);
  await raiseAlarm(tank);
  await clock.advance(1_000);
  const { EndpointStatus, EndpointConfigName, FailureReason } = await tank.settled("Rides");
  expect([EndpointStatus, EndpointConfigName]).toEqual(["InService", "blue"]);
  expect(FailureReason).toContain("errors");
  expect(await greens(tank)).toBe(0);
  expect(host.stopped).toBe(1);
});

test("an update may go as the one before it went", async () => {
  await using started = await start();
  const { tank, clock } = started;
  const AutoRollbackConfiguration = { Alarms: [{ AlarmName: "errors" }] };
  await update(tank, { DeploymentConfig: { AutoRollbackConfiguration } });
  await tank.settled("Rides");
  await raiseAlarm(tank);
  await update(tank, { EndpointConfigName: "blue", RetainDeploymentConfig: true });
  expect((await tank.settled("Rides")).FailureReason).toContain("errors");
  await update(tank, { EndpointConfigName: "blue" });
  await clock.advance(1_000);
  expect(await tank.settled("Rides")).toMatchObject({ EndpointConfigName: "blue" });
});

test("a tank that stops amid a shift stops both fleets", async () => {
  const { tank, host } = await start();
  await update(tank, { DeploymentConfig: routed(CANARY) });
  await launched(tank);
  await tank[Symbol.asyncDispose]();
  expect(host.stopped).toBe(2);
});

test.each<[string, DeploymentConfig, string]>([
  [
    "a rolling update",
    {
      RollingUpdatePolicy: {
        MaximumBatchSize: { Type: "INSTANCE_COUNT", Value: 1 },
        WaitIntervalInSeconds: 0,
      },
    },
    "RollingUpdatePolicy is not emulated by Wavetank yet.",
  ],
  [
    "an alarm that is not there",
    { AutoRollbackConfiguration: { Alarms: [{ AlarmName: "absent" }] } },
    'Could not find alarm "absent".',
  ],
  [
    "a canary of more than half",
    routed({ ...CANARY, CanarySize: { Type: "INSTANCE_COUNT", Value: 3 } }),
    "A step of traffic must be of 1 to 50 percent of the fleet, not 75.",
  ],
  [
    "a canary without a size",
    routed({ Type: "CANARY", WaitIntervalInSeconds: 0 }),
    "CanarySize goes with traffic routing of type CANARY.",
  ],
])("%s is refused, and the endpoint stays as it is", async (_what, DeploymentConfig, message) => {
  await using started = await start();
  const { tank } = started;
  expect(await faultOf(update(tank, { DeploymentConfig }))).toBe(`ValidationException: ${message}`);
  expect((await tank.described("Rides")).EndpointStatus).toBe("InService");
});
