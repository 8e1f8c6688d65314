import {
  DeleteScalingPolicyCommand,
  DescribeScalingPoliciesCommand,
  PutScalingPolicyCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { expect, test } from "vitest";
import { faultOf } from "../sagemaker/hosting-tank.ts";
import { ScaledEndpoint, TARGET } from "./scaled-endpoint.ts";

const CUSTOMIZED = {
  Namespace: "AWS/SageMaker",
  MetricName: "InvocationsPerInstance",
  Statistic: "Sum",
  Dimensions: [
    { Name: "EndpointName", Value: "Wine" },
    { Name: "VariantName", Value: "Alltraffic" },
  ],
} as const;

test("a customized metric that the tank keeps is tracked; another is refused by name", async () => {
  await using tank = await ScaledEndpoint.open();
  await tank.register();
  const track = (CustomizedMetricSpecification: object) =>
    tank.track({ PredefinedMetricSpecification: undefined, CustomizedMetricSpecification });
  await track(CUSTOMIZED);
  await tank.load(1000, 3);
  expect(tank.variant.instanceCount).toBe(3);
  expect(await faultOf(track({ ...CUSTOMIZED, MetricName: "CPUUtilization" }))).toMatch(
    /^ValidationException: No metric AWS\/SageMaker CPUUtilization \(Sum\) is kept here/,
  );
  expect(await faultOf(track({ Metrics: [] }))).toMatch(/with Metrics is not emulated/);
});

test("policies are listed in pages and by name until they are deleted", async () => {
  await using tank = await ScaledEndpoint.open();
  await tank.register();
  for (const name of ["a", "b", "c"]) await tank.track({}, name);
  const list = (input: { PolicyNames?: string[]; MaxResults?: number; NextToken?: string }) =>
    tank.scaling.send(new DescribeScalingPoliciesCommand({ ...TARGET, ...input }));
  const first = await list({ MaxResults: 2 });
  const { NextToken = "" } = first;
  const rest = await list({ MaxResults: 2, NextToken });
  const names = [first, rest].map(({ ScalingPolicies = [] }) =>
    ScalingPolicies.map(({ PolicyName }) => PolicyName),
  );
  expect(names).toEqual([["a", "b"], ["c"]]);
  expect((await list({ PolicyNames: ["b"] })).ScalingPolicies).toHaveLength(1);
  expect(await faultOf(list({ NextToken: "x" }))).toMatch(/^InvalidNextTokenException/);
  const remove = () =>
    tank.scaling.send(new DeleteScalingPolicyCommand({ ...TARGET, PolicyName: "b" }));
  await remove();
  expect((await list({})).ScalingPolicies).toHaveLength(2);
  expect(await faultOf(remove())).toMatch(/^ObjectNotFoundException: No scaling policy found/);
});

test("a policy without a target, a configuration or a metric is refused", async () => {
  await using tank = await ScaledEndpoint.open();
  expect(await faultOf(tank.track())).toMatch(/^ObjectNotFoundException/);
  await tank.register();
  const put = (input: object) =>
    faultOf(
      tank.scaling.send(new PutScalingPolicyCommand({ ...TARGET, PolicyName: "p", ...input })),
    );
  expect(await put({})).toMatch(/StepScalingPolicyConfiguration is required/);
  expect(await put({ PolicyType: "PredictiveScaling" })).toMatch(
    /PredictiveScaling is not emulated/,
  );
  expect(await faultOf(tank.track({ PredefinedMetricSpecification: undefined }))).toMatch(
    /Specify either/,
  );
});

test("an alarm's action takes the step for how far the metric lies from its threshold", async () => {
  await using tank = await ScaledEndpoint.open();
  await tank.register(1, 6);
  const { PolicyARN = "", Alarms } = await tank.scaling.send(
    new PutScalingPolicyCommand({
      ...TARGET,
      PolicyName: "steps",
      PolicyType: "StepScaling",
      StepScalingPolicyConfiguration: {
        AdjustmentType: "ChangeInCapacity",
        Cooldown: 60,
        StepAdjustments: [
          { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 100, ScalingAdjustment: 1 },
          { MetricIntervalLowerBound: 100, ScalingAdjustment: 3 },
          { MetricIntervalUpperBound: 0, ScalingAdjustment: -1 },
        ],
      },
    }),
  );
  expect(Alarms).toEqual([]);
  const trigger = async (value: number) => {
    tank.autoscaling.trigger(PolicyARN, { name: "busy", value, threshold: 100 });
    await tank.clock.advance(0);
    return tank.variant.instanceCount;
  };
  expect(await trigger(150)).toBe(2);
  // What the first has added counts: three more than it began with.
  expect(await trigger(300)).toBe(4);
  expect(await trigger(150)).toBe(4);
  await tank.clock.advance(60_000);
  expect(await trigger(50)).toBe(3);
  expect((await tank.activities())[0]?.Cause).toBe(
    "monitor alarm busy in state ALARM triggered policy steps",
  );
});
