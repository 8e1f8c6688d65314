import {
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import {
  GetBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { ManualClock } from "../../emulator/core/clock.ts";
import { deploy } from "../../emulator/template/deploy.ts";
import { plan } from "../../emulator/template/plan.ts";
import { startTank, type TestTank, until } from "../support/tank.ts";
import { templateOf } from "./reading.ts";

const SAM = "Transform: AWS::Serverless-2016-10-31\n";
const seen = (tank: TestTank) => {
  const lines: string[] = [];
  tank.events.on((event) => {
    if (event.type === "print") lines.push(event.line);
  });
  return lines;
};
const deployed = (tank: TestTank, text: string) =>
  deploy(templateOf(text), { stackName: "data", api: tank });
const planned = (text: string) =>
  plan(templateOf(text), {
    stackName: "data",
    scope: { accountId: "000000000000", region: "us-east-1" },
  });

describe("tables", () => {
  test("a table with an index is there for the SDK, and gone with its stack", async () => {
    await using tank = await startTank();
    const stack = await deployed(
      tank,
      `
Resources:
  Rows:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: rows
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
        - { AttributeName: series, AttributeType: S }
        - { AttributeName: minute, AttributeType: N }
        - { AttributeName: model, AttributeType: S }
      KeySchema:
        - { AttributeName: series, KeyType: HASH }
        - { AttributeName: minute, KeyType: RANGE }
      GlobalSecondaryIndexes:
        - IndexName: by-model
          KeySchema: [{ AttributeName: model, KeyType: HASH }]
          Projection: { ProjectionType: KEYS_ONLY }
      Tags: [{ Key: app, Value: pv }]
Outputs: { Arn: { Value: !GetAtt Rows.Arn } }`,
    );
    const dynamodb = tank.client(DynamoDBClient);
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: "rows" }));
    expect(Table).toMatchObject({ TableStatus: "ACTIVE", TableArn: stack.outputs.Arn });
    expect(Table?.GlobalSecondaryIndexes?.[0]?.IndexName).toBe("by-model");
    await stack.delete();
    await expect(
      dynamodb.send(new DescribeTableCommand({ TableName: "rows" })),
    ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });

  test("SAM's simple table has one key, id unless it is named", async () => {
    await using tank = await startTank();
    const text = `${SAM}Resources: { Simple: { Type: AWS::Serverless::SimpleTable } }
Outputs: { Name: { Value: !Ref Simple } }`;
    const { Name: TableName } = (await deployed(tank, text)).outputs;
    const dynamodb = tank.client(DynamoDBClient);
    const Item = { id: { S: "a" }, value: { N: "1" } };
    await dynamodb.send(new PutItemCommand({ TableName, Item }));
    const get = new GetItemCommand({ TableName, Key: { id: { S: "a" } } });
    expect((await dynamodb.send(get)).Item).toEqual(Item);
  });

  test("streams and expiry are refused by name before anything is created", () => {
    const table = (property: string) => `
Resources:
  Rows:
    Type: AWS::DynamoDB::Table
    Properties:
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      ${property}`;
    const stream = table("StreamSpecification: { StreamViewType: NEW_IMAGE }");
    expect(() => planned(stream)).toThrow("StreamSpecification of AWS::DynamoDB::Table is not");
    const ttl = table("TimeToLiveSpecification: { AttributeName: at, Enabled: true }");
    expect(() => planned(ttl)).toThrow("TimeToLiveSpecification of AWS::DynamoDB::Table is not");
  });
});

const FUNCTION = (events: string) => `
  Scorer:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs22.x
      InlineCode: "exports.handler = async (event) => console.log(JSON.stringify(event));"
      Events:
        ${events}`;

describe("buckets", () => {
  test("a function's event of type S3 is told by the bucket, which its permission precedes", async () => {
    await using tank = await startTank();
    const lines = seen(tank);
    const stack = await deployed(
      tank,
      `${SAM}Resources:
  Inbox: { Type: AWS::S3::Bucket, Properties: { BucketName: inbox } }${FUNCTION(`Upload:
          Type: S3
          Properties:
            Bucket: !Ref Inbox
            Events: s3:ObjectCreated:*
            Filter: { S3Key: { Rules: [{ Name: suffix, Value: .csv }] } }`)}`,
    );
    const order = stack.resources.map(({ logicalId }) => logicalId);
    expect(order.indexOf("ScorerUploadPermission")).toBeLessThan(order.indexOf("Inbox"));
    const s3 = tank.client(S3Client);
    for (const Key of ["a.txt", "b.csv"])
      await s3.send(new PutObjectCommand({ Bucket: "inbox", Key, Body: "1" }));
    const line = await until(() => lines.find((one) => one.includes("aws:s3")));
    expect(JSON.parse(line.slice(line.indexOf("{"))).Records[0].s3.object.key).toBe("b.csv");
    await stack.delete();
  });

  test("a bucket's own configuration is put as CloudFormation spells it", async () => {
    await using tank = await startTank();
    await deployed(
      tank,
      `${SAM}Resources:${FUNCTION("{}")}
  MayInvoke:
    Type: AWS::Lambda::Permission
    Properties:
      { FunctionName: !Ref Scorer, Action: lambda:InvokeFunction, Principal: s3.amazonaws.com }
  Inbox:
    Type: AWS::S3::Bucket
    DependsOn: MayInvoke
    Properties:
      BucketName: inbox
      NotificationConfiguration:
        LambdaConfigurations: [{ Event: "s3:ObjectRemoved:*", Function: !GetAtt Scorer.Arn }]`,
    );
    const told = await tank
      .client(S3Client)
      .send(new GetBucketNotificationConfigurationCommand({ Bucket: "inbox" }));
    expect(told.LambdaFunctionConfigurations).toMatchObject([{ Events: ["s3:ObjectRemoved:*"] }]);
  });

  test("a bucket before its permission fails as on AWS", async () => {
    await using tank = await startTank();
    const text = `${SAM}Resources:${FUNCTION("{}")}
  Inbox:
    Type: AWS::S3::Bucket
    Properties:
      NotificationConfiguration:
        LambdaConfigurations: [{ Event: "s3:ObjectCreated:*", Function: !GetAtt Scorer.Arn }]`;
    await expect(deployed(tank, text)).rejects.toThrow(
      "Unable to validate the following destination configurations",
    );
  });

  test("an event must name a bucket of the template", () => {
    const text = `${SAM}Resources:${FUNCTION(
      "Upload: { Type: S3, Properties: { Bucket: other, Events: s3:ObjectCreated:Put } }",
    )}`;
    expect(() => planned(text)).toThrow("Bucket names no AWS::S3::Bucket of this template.");
  });
});

describe("schedules", () => {
  test("a function's events of type Schedule and ScheduleV2 stand for rule and schedule", async () => {
    await using tank = await startTank();
    const stack = await deployed(
      tank,
      `${SAM}Resources:${FUNCTION(`Often: { Type: Schedule, Properties: { Schedule: rate(5 minutes), Enabled: false } }
        Daily: { Type: ScheduleV2, Properties: { ScheduleExpression: "cron(0 8 * * ? *)" } }`)}`,
    );
    expect(stack.resources.map(({ logicalId, type }) => `${logicalId} ${type}`).sort()).toEqual([
      "Scorer AWS::Lambda::Function",
      "ScorerDaily AWS::Scheduler::Schedule",
      "ScorerDailyRole AWS::IAM::Role",
      "ScorerOften AWS::Events::Rule",
      "ScorerOftenPermission AWS::Lambda::Permission",
      "ScorerRole AWS::IAM::Role",
    ]);
    const status = await fetch(`${tank.url}/_wavetank/status`);
    const { services } = (await status.json()) as { services: { lambda: { resources: object[] } } };
    expect(services.lambda.resources).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: "schedule", state: "ENABLED" }),
        expect.objectContaining({ type: "schedule", state: "DISABLED" }),
      ]),
    );
    await stack.delete();
    expect(tank.inventory()).not.toContain("schedule");
  });

  test("an expression that is none fails the deploy, another time zone too", async () => {
    await using tank = await startTank();
    const text = (properties: string) =>
      `${SAM}Resources:${FUNCTION(`Daily: { Type: ScheduleV2, Properties: { ${properties} } }`)}`;
    await expect(deployed(tank, text("ScheduleExpression: every day"))).rejects.toThrow(
      "Parameter ScheduleExpression is not valid.",
    );
    const zoned = "ScheduleExpression: rate(1 day), ScheduleExpressionTimezone: Europe/Berlin";
    await expect(deployed(tank, text(zoned))).rejects.toThrow("Europe/Berlin is not emulated");
  });

  test("a deployed schedule reaches its function when the tank's clock says so", async () => {
    const clock = new ManualClock();
    await using tank = await startTank({ clock });
    const lines = seen(tank);
    let isDeployed = false;
    const due = "2026-01-01T01:00:00";
    const properties = `{ ScheduleExpression: at(${due}), Input: '{"from":"schedule"}' }`;
    const deploying = deployed(
      tank,
      `${SAM}Resources:${FUNCTION(`Once: { Type: ScheduleV2, Properties: ${properties} }`)}`,
    ).then(() => {
      isDeployed = true;
    });
    await until(async () => {
      await clock.advance(50);
      return isDeployed;
    });
    await deploying;
    expect(lines).toEqual([]);
    await clock.advance(Date.parse(`${due}Z`) - clock.now());
    await until(() => lines.some((line) => line.includes('{"from":"schedule"}')));
  });
});
