import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { startTables } from "./tables.ts";

const row = (minute: number, value = minute): Record<string, AttributeValue> => ({
  series: { S: "pv" },
  minute: { N: String(minute) },
  value: { N: String(value) },
});
const key = (minute: number) => ({ series: { S: "pv" }, minute: { N: String(minute) } });

test("an item comes back with every type of value that it was put with", async () => {
  await using tank = await startTables();
  const Item: Record<string, AttributeValue> = {
    ...row(1),
    blob: { B: new Uint8Array([0, 255, 7]) },
    list: { L: [{ BOOL: true }, { NULL: true }, { M: { deep: { S: "größer" } } }] },
    set: { NS: ["1", "2.5"] },
  };
  await tank.dynamodb.send(new PutItemCommand({ TableName: "rows", Item }));
  const got = await tank.dynamodb.send(new GetItemCommand({ TableName: "rows", Key: key(1) }));
  expect(got.Item).toEqual(Item);
});

test("the document client reads and writes plain values", async () => {
  await using tank = await startTables();
  const documents = DynamoDBDocumentClient.from(tank.dynamodb);
  const Item = { series: "pv", minute: 3, values: [1.5, "x", { ok: true }] };
  await documents.send(new PutCommand({ TableName: "rows", Item }));
  const Key = { series: "pv", minute: 3 };
  expect((await documents.send(new GetCommand({ TableName: "rows", Key }))).Item).toEqual(Item);
});

test("a condition that does not hold refuses the write", async () => {
  await using tank = await startTables();
  const put = (value: number) =>
    tank.dynamodb.send(
      new PutItemCommand({
        TableName: "rows",
        Item: row(1, value),
        ConditionExpression: "attribute_not_exists(series)",
      }),
    );
  await put(1);
  await expect(put(2)).rejects.toMatchObject({
    name: "ConditionalCheckFailedException",
    message: "The conditional request failed",
    $metadata: { httpStatusCode: 400 },
  });
});

test("an update counts up and says what it has made", async () => {
  await using tank = await startTables();
  const add = new UpdateItemCommand({
    TableName: "rows",
    Key: key(1),
    UpdateExpression: "ADD seen :one SET #last = :now",
    ExpressionAttributeNames: { "#last": "last" },
    ExpressionAttributeValues: { ":one": { N: "1" }, ":now": { S: "noon" } },
    ReturnValues: "ALL_NEW",
  });
  await tank.dynamodb.send(add);
  const { Attributes } = await tank.dynamodb.send(add);
  expect(Attributes).toEqual({ ...key(1), seen: { N: "2" }, last: { S: "noon" } });
});

test("a query reads a range of numbers in their order, page by page, from either end", async () => {
  await using tank = await startTables();
  const PutRequests = [9, 100, 20, 3].map((minute) => ({ PutRequest: { Item: row(minute) } }));
  await tank.dynamodb.send(new BatchWriteItemCommand({ RequestItems: { rows: PutRequests } }));
  const query = {
    TableName: "rows",
    KeyConditionExpression: "series = :s AND #m >= :from",
    ExpressionAttributeNames: { "#m": "minute" },
    ExpressionAttributeValues: { ":s": { S: "pv" }, ":from": { N: "9" } },
  };
  const first = await tank.dynamodb.send(new QueryCommand({ ...query, Limit: 2 }));
  expect(first.Items?.map(({ minute }) => minute?.N)).toEqual(["9", "20"]);
  const { LastEvaluatedKey: ExclusiveStartKey } = first;
  const second = await tank.dynamodb.send(new QueryCommand({ ...query, ExclusiveStartKey }));
  expect(second.Items?.map(({ minute }) => minute?.N)).toEqual(["100"]);
  const last = new QueryCommand({ ...query, ScanIndexForward: false, Limit: 1 });
  expect((await tank.dynamodb.send(last)).Items?.[0]?.minute?.N).toBe("100");
});

test("a batch writes, reads and deletes", async () => {
  await using tank = await startTables();
  const RequestItems = { rows: [1, 2].map((each) => ({ PutRequest: { Item: row(each) } })) };
  await tank.dynamodb.send(new BatchWriteItemCommand({ RequestItems }));
  const Keys = [key(1), key(2)];
  const batch = new BatchGetItemCommand({ RequestItems: { rows: { Keys } } });
  expect((await tank.dynamodb.send(batch)).Responses?.rows).toHaveLength(2);
  await tank.dynamodb.send(new DeleteItemCommand({ TableName: "rows", Key: key(1) }));
  const { Items } = await tank.dynamodb.send(
    new ScanCommand({
      TableName: "rows",
      FilterExpression: "#v > :zero",
      ExpressionAttributeNames: { "#v": "value" },
      ExpressionAttributeValues: { ":zero": { N: "0" } },
    }),
  );
  expect(Items).toEqual([row(2)]);
});

test("a parameter that would change the answer is refused by name", async () => {
  await using tank = await startTables();
  const refused = new PutItemCommand({
    TableName: "rows",
    Item: row(1),
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  });
  await expect(tank.dynamodb.send(refused)).rejects.toMatchObject({
    name: "ValidationException",
    message: "Wavetank does not emulate the parameter ReturnValuesOnConditionCheckFailure.",
  });
});

test("a broken constraint is told in DynamoDB's words", async () => {
  await using tank = await startTables();
  const dynamodb = tank.client(DynamoDBClient);
  const Item = { series: { S: "pv" } };
  await expect(dynamodb.send(new PutItemCommand({ TableName: "rows", Item }))).rejects.toThrow(
    "One or more parameter values were invalid: Missing the key minute in the item",
  );
  const none = new GetItemCommand({ TableName: "none", Key: key(1) });
  await expect(dynamodb.send(none)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});
