import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  QueryCommand,
  TagResourceCommand,
  TransactWriteItemsCommand,
  UntagResourceCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { ROWS, startTables } from "./tables.ts";

const rows = { TableName: "rows" };

test("a table is active by the time that anybody asks, created when the tank's clock says", async () => {
  await using tank = await startTables({ clock: new ManualClock() });
  const { Table } = await tank.dynamodb.send(new DescribeTableCommand(rows));
  expect(Table).toMatchObject({
    TableStatus: "ACTIVE",
    TableArn: "arn:aws:dynamodb:us-east-1:000000000000:table/rows",
    BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
    CreationDateTime: new Date("2026-01-01T00:00:00Z"),
  });
});

test("a name that is taken is refused, and free again once the table is deleted", async () => {
  await using tank = await startTables();
  await expect(tank.dynamodb.send(new CreateTableCommand(ROWS))).rejects.toMatchObject({
    name: "ResourceInUseException",
  });
  const { TableDescription } = await tank.dynamodb.send(new DeleteTableCommand(rows));
  expect(TableDescription?.TableStatus).toBe("DELETING");
  expect((await tank.dynamodb.send(new ListTablesCommand({}))).TableNames).toEqual([]);
  const again = await tank.dynamodb.send(new CreateTableCommand(ROWS));
  expect(again.TableDescription?.TableStatus).toBe("CREATING");
});

test("a global index is queried by a key of its own", async () => {
  await using tank = await startTables();
  await tank.dynamodb.send(
    new CreateTableCommand({
      TableName: "people",
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: ["id", "town"].map((AttributeName) => {
        return { AttributeName, AttributeType: "S" as const };
      }),
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      GlobalSecondaryIndexes: [
        {
          IndexName: "by-town",
          KeySchema: [{ AttributeName: "town", KeyType: "HASH" }],
          Projection: { ProjectionType: "ALL" },
        },
      ],
    }),
  );
  for (const [id, town] of Object.entries({ a: "Bern", b: "Graz", c: "Bern" })) {
    const Item = { id: { S: id }, town: { S: town } };
    await tank.dynamodb.send(new PutItemCommand({ TableName: "people", Item }));
  }
  const { Items } = await tank.dynamodb.send(
    new QueryCommand({
      TableName: "people",
      IndexName: "by-town",
      KeyConditionExpression: "town = :t",
      ExpressionAttributeValues: { ":t": { S: "Bern" } },
    }),
  );
  expect(Items?.map(({ id }) => id?.S).sort()).toEqual(["a", "c"]);
});

test("tags of the creation and later ones are kept together", async () => {
  await using tank = await startTables();
  const Tags = [{ Key: "team", Value: "ml" }];
  const { TableDescription } = await tank.dynamodb.send(
    new CreateTableCommand({ ...ROWS, TableName: "tagged", Tags }),
  );
  const ResourceArn = TableDescription?.TableArn;
  const later = { Key: "stage", Value: "dev" };
  await tank.dynamodb.send(new TagResourceCommand({ ResourceArn, Tags: [later] }));
  const list = () => tank.dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn }));
  expect((await list()).Tags).toEqual(expect.arrayContaining([...Tags, later]));
  await tank.dynamodb.send(new UntagResourceCommand({ ResourceArn, TagKeys: ["team"] }));
  expect((await list()).Tags).toEqual([later]);
});

test("a table's billing changes and is in force at once", async () => {
  await using tank = await startTables();
  const ProvisionedThroughput = { ReadCapacityUnits: 5, WriteCapacityUnits: 7 };
  await tank.dynamodb.send(
    new UpdateTableCommand({ ...rows, BillingMode: "PROVISIONED", ProvisionedThroughput }),
  );
  const { Table } = await tank.dynamodb.send(new DescribeTableCommand(rows));
  expect(Table).toMatchObject({ TableStatus: "ACTIVE", ProvisionedThroughput });
});

test("accounts and regions have tables of their own", async () => {
  await using tank = await startTables();
  const names = async (config: object) =>
    (await tank.client(DynamoDBClient, config).send(new ListTablesCommand({}))).TableNames;
  const credentials = { accessKeyId: "111111111111", secretAccessKey: "test" };
  expect(await names({})).toEqual(["rows"]);
  expect(await names({ region: "eu-west-1" })).toEqual([]);
  expect(await names({ credentials })).toEqual([]);
});

test("status tells the tables, and a reset forgets them", async () => {
  await using tables = await startTables();
  const status = await fetch(`${tables.tank.url}/_wavetank/status`);
  expect(await status.json()).toMatchObject({
    services: { dynamodb: { resources: [{ type: "table", name: "rows", state: "ACTIVE" }] } },
  });
  await tables.tank.reset();
  const Key = { series: { S: "pv" }, minute: { N: "1" } };
  await expect(tables.dynamodb.send(new GetItemCommand({ ...rows, Key }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});

describe("what is not emulated is refused by name", () => {
  test("streams of a table", async () => {
    await using tank = await startTables();
    const streamed = {
      ...ROWS,
      TableName: "streamed",
      StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" as const },
    };
    await expect(tank.dynamodb.send(new CreateTableCommand(streamed))).rejects.toThrow(
      "Wavetank does not emulate the parameter StreamSpecification.",
    );
    const answer = await fetch(tank.tank.url, {
      method: "POST",
      headers: { "x-amz-target": "DynamoDBStreams_20120810.ListStreams" },
      body: "{}",
    });
    expect(await answer.text()).toContain("DynamoDBStreams_20120810.ListStreams");
  });

  test("expiry of items", async () => {
    await using tank = await startTables();
    const { TimeToLiveDescription } = await tank.dynamodb.send(new DescribeTimeToLiveCommand(rows));
    expect(TimeToLiveDescription?.TimeToLiveStatus).toBe("DISABLED");
    const TimeToLiveSpecification = { Enabled: true, AttributeName: "expires" };
    await expect(
      tank.dynamodb.send(new UpdateTimeToLiveCommand({ ...rows, TimeToLiveSpecification })),
    ).rejects.toThrow("UpdateTimeToLive is not emulated by Wavetank");
  });

  test("transactions", async () => {
    await using tank = await startTables();
    await expect(
      tank.dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [] })),
    ).rejects.toThrow("TransactWriteItems is not emulated by Wavetank");
  });
});
