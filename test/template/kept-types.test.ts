import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { expect, test } from "vitest";
import type { AwsApi } from "../../emulator/template/api.ts";
import { deploy } from "../../emulator/template/deploy.ts";
import { startTank } from "../support/tank.ts";
import { templateOf } from "./reading.ts";

const TEMPLATE = `
Resources:
  Logs: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: /rides, RetentionInDays: 7 } }
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: rides-late
      Namespace: AWS/Kinesis
      MetricName: GetRecords.IteratorAgeMilliseconds
      Statistic: Maximum
      Period: "60"
      EvaluationPeriods: 1
      Threshold: "1000"
      ComparisonOperator: GreaterThanThreshold
      Dimensions: [{ Name: StreamName, Value: rides }]
  Policy:
    Type: AWS::IAM::Policy
    Properties: { PolicyName: read, PolicyDocument: { Statement: [] }, Roles: [role] }
  Managed: { Type: AWS::IAM::ManagedPolicy, Properties: { PolicyDocument: { Statement: [] } } }
Outputs:
  Alarm: { Value: !GetAtt Alarm.Arn }
  Logs: { Value: !GetAtt Logs.Arn }
  Managed: { Value: !Ref Managed }
`;

test("log groups and alarms are there for the SDK, change in place and go with the stack", async () => {
  await using tank = await startTank();
  const [logs, cloudwatch] = [tank.client(CloudWatchLogsClient), tank.client(CloudWatchClient)];
  const options = { stackName: "ride", api: tank satisfies AwsApi };
  const first = await deploy(templateOf(TEMPLATE), options);
  expect(first.outputs).toEqual({
    Alarm: "arn:aws:cloudwatch:us-east-1:000000000000:alarm:rides-late",
    Logs: "arn:aws:logs:us-east-1:000000000000:log-group:/rides:*",
    Managed: expect.stringMatching(/^arn:aws:iam::000000000000:policy\/ride-Managed-/),
  });
  const state = async () => {
    const { logGroups } = await logs.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: "/rides" }),
    );
    const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsCommand({}));
    return [
      logGroups?.map(({ retentionInDays }) => retentionInDays),
      MetricAlarms?.map(({ Threshold }) => Threshold),
    ];
  };
  expect(await state()).toEqual([[7], [1000]]);
  const changed = TEMPLATE.replace("RetentionInDays: 7", "RetentionInDays: 14").replace(
    "1000",
    "5",
  );
  const second = await deploy(templateOf(changed), { ...options, before: first });
  expect(second.changes.map(({ action }) => action)).toEqual(["changed", "changed"]);
  expect(await state()).toEqual([[14], [5]]);
  await second.delete();
  expect(await state()).toEqual([[], []]);
});
