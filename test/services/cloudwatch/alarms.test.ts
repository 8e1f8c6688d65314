import {
  DeleteAlarmsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmInput,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import { expect, test } from "vitest";
import { cloudWatchTank, MINUTE } from "./watching.ts";

/** An alarm on more than 50 fares a minute. */
async function alarmed(input: Partial<PutMetricAlarmInput> = {}) {
  const under = await cloudWatchTank();
  const { cloudwatch } = under;
  const put = (more: Partial<PutMetricAlarmInput> = {}) =>
    cloudwatch.send(
      new PutMetricAlarmCommand({
        AlarmName: "busy",
        Namespace: "Rides",
        MetricName: "Fares",
        Statistic: "Sum",
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 50,
        ComparisonOperator: "GreaterThanThreshold",
        ...input,
        ...more,
      }),
    );
  await put();
  const describe = async (more: object = {}) => {
    const { MetricAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand(more));
    return MetricAlarms;
  };
  const state = async () => {
    const [alarm] = await describe();
    return [alarm?.StateValue, alarm?.StateReason];
  };
  /** Publishes a minute's value, if any, and lets the minute pass. */
  const minute = async (value?: number) => {
    if (value !== undefined) await under.put(value);
    await under.clock.advance(MINUTE);
    return (await state())[0];
  };
  const minutes = async (...values: (number | undefined)[]) => {
    const states = [];
    for (const value of values) states.push(await minute(value));
    return states;
  };
  return {
    ...under,
    putAlarm: put,
    describe,
    state,
    minute,
    minutes,
    [Symbol.asyncDispose]: () => under[Symbol.asyncDispose](),
  };
}

test("a new alarm has insufficient data until it is evaluated", async () => {
  await using under = await alarmed();
  expect(await under.describe()).toMatchObject([
    {
      AlarmName: "busy",
      AlarmArn: "arn:aws:cloudwatch:us-east-1:000000000000:alarm:busy",
      StateValue: "INSUFFICIENT_DATA",
      StateReason: "Unchecked: Initial alarm creation",
      ActionsEnabled: true,
      Threshold: 50,
      Dimensions: [],
    },
  ]);
});

test("an alarm goes off and calms down at the minute, with AWS's reasons", async () => {
  await using under = await alarmed();
  expect(await under.minute(51)).toBe("ALARM");
  expect(await under.state()).toEqual([
    "ALARM",
    "Threshold Crossed: 1 out of the last 1 datapoints [51.0 (01/01/26 00:00:00)] was greater than the threshold (50.0) (minimum 1 datapoint for OK -> ALARM transition).",
  ]);
  expect(await under.minute(1.5)).toBe("OK");
  expect(await under.state()).toEqual([
    "OK",
    "Threshold Crossed: 1 out of the last 1 datapoints [1.5 (01/01/26 00:01:00)] was not greater than the threshold (50.0) (minimum 1 datapoint for ALARM -> OK transition).",
  ]);
  const [alarm] = await under.describe();
  expect(JSON.parse(alarm?.StateReasonData ?? "")).toMatchObject({
    version: "1.0",
    statistic: "Sum",
    period: 60,
    recentDatapoints: [1.5],
    threshold: 50,
  });
});

test("two of three periods are enough when DatapointsToAlarm says so", async () => {
  await using under = await alarmed({ EvaluationPeriods: 3, DatapointsToAlarm: 2 });
  const states = await under.minutes(1, 60, 1, 60, 1, 1);
  expect(states).toEqual(["OK", "OK", "OK", "ALARM", "OK", "OK"]);
});

test("what is missing before the first bad datapoint does not make an alarm go off early", async () => {
  await using under = await alarmed({ EvaluationPeriods: 3 });
  const waits = "INSUFFICIENT_DATA";
  expect(await under.minutes(60, 60, undefined, 60)).toEqual([waits, waits, "ALARM", "ALARM"]);
});

test("all periods must be bad when nothing else is said", async () => {
  await using under = await alarmed({ EvaluationPeriods: 2 });
  expect(await under.minutes(1, 60, 60, 1)).toEqual(["OK", "OK", "ALARM", "OK"]);
});

const silence = [60, undefined, undefined, undefined, undefined];
const treatments: Record<string, (string | undefined)[]> = {
  missing: ["ALARM", "ALARM", "ALARM", "INSUFFICIENT_DATA", "INSUFFICIENT_DATA"],
  ignore: ["ALARM", "ALARM", "ALARM", "ALARM", "ALARM"],
  breaching: ["ALARM", "ALARM", "ALARM", "ALARM", "ALARM"],
  notBreaching: ["ALARM", "ALARM", "ALARM", "OK", "OK"],
};
test.each(Object.entries(treatments))("missing data is %s", async (TreatMissingData, expected) => {
  await using under = await alarmed({ TreatMissingData });
  expect(await under.minutes(...silence)).toEqual(expected);
});

test("missing data is told apart from good data", async () => {
  await using under = await alarmed({ TreatMissingData: "notBreaching", EvaluationPeriods: 2 });
  await under.minute();
  expect(await under.state()).toEqual([
    "OK",
    "Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were treated as [NonBreaching].",
  ]);
});

test("an alarm on an expression watches the one query that returns data", async () => {
  await using under = await alarmed({
    MetricName: undefined,
    Namespace: undefined,
    Statistic: undefined,
    Period: undefined,
    Metrics: [
      {
        Id: "m1",
        ReturnData: false,
        MetricStat: {
          Metric: { Namespace: "Rides", MetricName: "Fares" },
          Period: 60,
          Stat: "Sum",
        },
      },
      { Id: "e1", Expression: "m1 * 10" },
    ],
  });
  expect(await under.minutes(5, 6)).toEqual(["OK", "ALARM"]);
});

test("an alarm on ten seconds is evaluated every ten seconds", async () => {
  await using under = await alarmed({ Period: 10 });
  await under.put({ MetricName: "Fares", Value: 99, StorageResolution: 1 });
  await under.clock.advance(10_000);
  expect((await under.state())[0]).toBe("ALARM");
});

test("a state set by hand holds until the next evaluation finds another", async () => {
  await using under = await alarmed({ AlarmActions: ["arn:aws:sns:us-east-1:000000000000:pager"] });
  const seen: unknown[] = [];
  using _ = under.tank.cloudWatch.onAlarmState(({ from, to, actions }) =>
    seen.push([from, to, actions]),
  );
  await under.cloudwatch.send(
    new SetAlarmStateCommand({ AlarmName: "busy", StateValue: "ALARM", StateReason: "a drill" }),
  );
  expect(await under.state()).toEqual(["ALARM", "a drill"]);
  expect(await under.minute(1)).toBe("OK");
  expect(seen).toEqual([
    ["INSUFFICIENT_DATA", "ALARM", ["arn:aws:sns:us-east-1:000000000000:pager"]],
    ["ALARM", "OK", []],
  ]);
});

test("history tells what was configured and how the state changed, newest first", async () => {
  await using under = await alarmed();
  await under.minutes(60, 1);
  await under.putAlarm({ Threshold: 5 });
  const { AlarmHistoryItems = [] } = await under.cloudwatch.send(
    new DescribeAlarmHistoryCommand({ AlarmName: "busy" }),
  );
  expect(AlarmHistoryItems.map(({ HistorySummary }) => HistorySummary)).toEqual([
    'Alarm "busy" updated',
    "Alarm updated from ALARM to OK",
    "Alarm updated from INSUFFICIENT_DATA to ALARM",
    'Alarm "busy" created',
  ]);
  expect(JSON.parse(AlarmHistoryItems[1]?.HistoryData ?? "")).toMatchObject({
    oldState: { stateValue: "ALARM" },
    newState: { stateValue: "OK" },
  });
});

test("alarms are found by name, prefix, state and action", async () => {
  await using under = await alarmed();
  await under.putAlarm({ AlarmName: "idle", OKActions: ["arn:aws:sns:x"] });
  const names = async (input: object) => (await under.describe(input)).map((a) => a.AlarmName);
  expect(await names({})).toEqual(["busy", "idle"]);
  expect(await names({ AlarmNames: ["busy", "none"] })).toEqual(["busy"]);
  expect(await names({ AlarmNamePrefix: "i" })).toEqual(["idle"]);
  expect(await names({ StateValue: "OK" })).toEqual([]);
  expect(await names({ ActionPrefix: "arn:aws:sns" })).toEqual(["idle"]);
  expect(await names({ AlarmTypes: ["CompositeAlarm"] })).toEqual([]);
  expect(await names({ MaxRecords: 1 })).toEqual(["busy"]);
});

test("deleted alarms are gone; one that is not there keeps the others", async () => {
  await using under = await alarmed();
  const remove = (...AlarmNames: string[]) =>
    under.cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames }));
  await expect(remove("busy", "none")).rejects.toMatchObject({ name: "ResourceNotFound" });
  await remove("busy");
  await remove("busy");
  expect(await under.describe()).toEqual([]);
});

const refused: Record<string, [input: object, name: string]> = {
  "more datapoints than periods": [{ DatapointsToAlarm: 2 }, "ValidationException"],
  "no threshold": [{ Threshold: undefined }, "MissingRequiredParameterException"],
  "no metric": [{ MetricName: undefined }, "InvalidParameterCombinationException"],
  "more than a day of minutes": [{ EvaluationPeriods: 1441 }, "ValidationException"],
  "a treatment AWS has not": [{ TreatMissingData: "panic" }, "ValidationException"],
  "an expression that cannot be computed": [
    {
      ...{ MetricName: undefined, Namespace: undefined, Statistic: undefined, Period: undefined },
      Metrics: [{ Id: "e1", Expression: "none * 10" }],
    },
    "ValidationException",
  ],
  "an anomaly's threshold": [{ ThresholdMetricId: "ad1" }, "InvalidParameterValueException"],
};
test.each(Object.entries(refused))("%s is refused", async (_what, [input, name]) => {
  await using under = await alarmed();
  await expect(under.putAlarm(input as object)).rejects.toMatchObject({ name });
});
