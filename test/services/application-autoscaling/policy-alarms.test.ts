import {
  DeleteScalingPolicyCommand,
  DeregisterScalableTargetCommand,
  PutScalingPolicyCommand,
} from "@aws-sdk/client-application-auto-scaling";
import {
  DeleteAlarmsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import { DeleteEndpointCommand } from "@aws-sdk/client-sagemaker";
import { expect, test } from "vitest";
import { faultOf } from "../sagemaker/hosting-tank.ts";
import { ScaledEndpoint, TARGET } from "./scaled-endpoint.ts";

const MINUTE_MS = 60_000;

/** A scaled endpoint, and what CloudWatch says of its alarms. */
async function watched(max = 6) {
  const tank = await ScaledEndpoint.open();
  await tank.register(1, max);
  const alarms = async () =>
    (await tank.alarms.send(new DescribeAlarmsCommand({}))).MetricAlarms ?? [];
  /** Publishes a queue's length for so many minutes. */
  const queue = async (length: number, minutes = 1) => {
    for (let minute = 0; minute < minutes; minute += 1) {
      const MetricData = [{ MetricName: "Queue", Value: length, Timestamp: tank.now }];
      await tank.alarms.send(new PutMetricDataCommand({ Namespace: "Rides", MetricData }));
      await tank.clock.advance(MINUTE_MS);
    }
    return tank.variant.instanceCount;
  };
  return { tank, alarms, queue, [Symbol.asyncDispose]: () => tank[Symbol.asyncDispose]() };
}

const names = (alarms: readonly { AlarmName?: string | undefined }[]) =>
  alarms.map(({ AlarmName }) => AlarmName);

test("a target tracking policy makes two alarms, of 3 and of 15 datapoints, that CloudWatch tells of", async () => {
  await using under = await watched();
  const { PolicyARN, Alarms = [] } = await under.tank.track();
  const [high, low] = await under.alarms();
  expect(names([high ?? {}, low ?? {}])).toEqual(names(Alarms));
  expect(Alarms.map(({ AlarmARN }) => AlarmARN)).toEqual([high?.AlarmArn, low?.AlarmArn]);
  expect(high).toMatchObject({
    AlarmDescription: `DO NOT EDIT OR DELETE. For TargetTrackingScaling policy ${PolicyARN}.`,
    AlarmActions: [PolicyARN],
    Namespace: "AWS/SageMaker",
    MetricName: "InvocationsPerInstance",
    Statistic: "Sum",
    Period: 60,
    EvaluationPeriods: 3,
    Threshold: 100,
    ComparisonOperator: "GreaterThanThreshold",
    StateValue: "INSUFFICIENT_DATA",
  });
  expect(low).toMatchObject({
    EvaluationPeriods: 15,
    Threshold: 90,
    ComparisonOperator: "LessThanThreshold",
  });
});

test("the alarms' states follow the load, and history tells when they called the policy", async () => {
  await using under = await watched();
  const { PolicyARN, Alarms: [made] = [] } = await under.tank.track();
  const states = async () => (await under.alarms()).map(({ StateValue }) => StateValue);
  await under.tank.load(700, 3);
  expect(await states()).toEqual(["ALARM", "OK"]);
  await under.tank.load(0, 15);
  expect(await states()).toEqual(["OK", "ALARM"]);
  const { AlarmHistoryItems = [] } = await under.tank.alarms.send(
    new DescribeAlarmHistoryCommand({
      AlarmName: made?.AlarmName,
      HistoryItemType: "Action",
    }),
  );
  expect(AlarmHistoryItems.map(({ HistorySummary }) => HistorySummary)).toEqual([
    `Successfully executed action ${PolicyARN}`,
  ]);
});

test("a policy's alarms go with it, with its target and with its endpoint", async () => {
  await using under = await watched();
  const { tank, alarms } = under;
  await tank.track();
  await tank.track({ DisableScaleIn: true });
  expect(await alarms()).toHaveLength(1);
  await tank.scaling.send(new DeleteScalingPolicyCommand({ ...TARGET, PolicyName: "Invocations" }));
  expect(await alarms()).toEqual([]);
  await tank.track();
  await tank.scaling.send(new DeregisterScalableTargetCommand(TARGET));
  expect(await alarms()).toEqual([]);
  await tank.register();
  await tank.track();
  await tank.client.send(new DeleteEndpointCommand({ EndpointName: "Wine" }));
  await tank.clock.advance(MINUTE_MS);
  expect(await alarms()).toEqual([]);
});

test("a policy whose alarm somebody deletes no longer acts", async () => {
  await using under = await watched();
  const { Alarms = [] } = await under.tank.track();
  const AlarmNames = names(Alarms).map((name) => name ?? "");
  await under.tank.alarms.send(new DeleteAlarmsCommand({ AlarmNames }));
  await under.tank.load(1000, 5);
  expect(under.tank.variant.instanceCount).toBe(1);
});

const QUEUE = { Namespace: "Rides", MetricName: "Queue", Statistic: "Average" } as const;
const customized = (CustomizedMetricSpecification: object) => ({
  PredefinedMetricSpecification: undefined,
  CustomizedMetricSpecification,
});

test("a customized metric is any that CloudWatch has, PutMetricData's included", async () => {
  await using under = await watched();
  await under.tank.track({ ...customized(QUEUE), TargetValue: 10 });
  expect(await under.queue(25, 3)).toBe(3);
  expect(await under.queue(2, 15)).toBe(1);
});

test("a customized metric may be an expression over several", async () => {
  await using under = await watched();
  const Metrics = [
    {
      Id: "queue",
      MetricStat: { Metric: { Namespace: "Rides", MetricName: "Queue" }, Stat: "Sum" },
      ReturnData: false,
    },
    { Id: "each", Expression: "queue / 2" },
  ];
  await under.tank.track({ ...customized({ Metrics }), TargetValue: 10 });
  expect(await under.queue(40, 3)).toBe(2);
});

test("a metric that no alarm can watch makes no policy", async () => {
  await using under = await watched();
  const nothing = faultOf(under.tank.track(customized({ MetricName: "Queue" })));
  expect(await nothing).toMatch(/Metric/);
  const faulty = customized({ Metrics: [{ Id: "e", Expression: "ANOMALY(" }] });
  expect(await faultOf(under.tank.track(faulty))).toMatch(/ANOMALY/);
  const unit = faultOf(under.tank.track(customized({ ...QUEUE, Unit: "Rides" })));
  expect(await unit).toMatch(/no unit Rides/);
  expect(await under.alarms()).toEqual([]);
});

/** A step scaling policy, and an alarm of the user's own that calls it. */
async function stepping() {
  const under = await watched();
  const { PolicyARN = "", Alarms } = await under.tank.scaling.send(
    new PutScalingPolicyCommand({
      ...TARGET,
      PolicyName: "steps",
      PolicyType: "StepScaling",
      StepScalingPolicyConfiguration: {
        AdjustmentType: "ChangeInCapacity",
        Cooldown: 120,
        StepAdjustments: [
          { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 100, ScalingAdjustment: 1 },
          { MetricIntervalLowerBound: 100, ScalingAdjustment: 3 },
        ],
      },
    }),
  );
  expect(Alarms).toEqual([]);
  const put = (more: object = {}) =>
    under.tank.alarms.send(
      new PutMetricAlarmCommand({
        ...QUEUE,
        AlarmName: "busy",
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 100,
        ComparisonOperator: "GreaterThanThreshold",
        AlarmActions: [PolicyARN],
        ...more,
      }),
    );
  await put();
  return { ...under, put, [Symbol.asyncDispose]: () => under[Symbol.asyncDispose]() };
}

test("a user's alarm has a step scaling policy act as long as it stays in ALARM", async () => {
  await using under = await stepping();
  expect(await under.queue(90)).toBe(1);
  expect(await under.queue(150)).toBe(2);
  // While the first cools down, three more than it began with.
  expect(await under.queue(300)).toBe(4);
  expect(await under.queue(150)).toBe(4);
  expect(await under.queue(150)).toBe(5);
  expect(await under.queue(90, 5)).toBe(5);
  expect((await under.tank.activities())[0]?.Cause).toBe(
    "monitor alarm busy in state ALARM triggered policy steps",
  );
});

test("an alarm whose actions are switched off calls nothing", async () => {
  await using under = await stepping();
  await under.put({ ActionsEnabled: false });
  expect(await under.queue(300, 3)).toBe(1);
});

test("a state set by hand calls the policy with the datapoint that it names", async () => {
  await using under = await stepping();
  await under.tank.alarms.send(
    new SetAlarmStateCommand({
      AlarmName: "busy",
      StateValue: "ALARM",
      StateReason: "a drill",
      StateReasonData: JSON.stringify({ recentDatapoints: [120, 500] }),
    }),
  );
  await under.tank.clock.advance(0);
  expect(under.tank.variant.instanceCount).toBe(4);
});
