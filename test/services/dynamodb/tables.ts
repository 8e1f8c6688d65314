import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import { startTank } from "../../support/tank.ts";

/** A table of rows by series and minute. */
export const ROWS: CreateTableCommandInput = {
  TableName: "rows",
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: [
    { AttributeName: "series", AttributeType: "S" },
    { AttributeName: "minute", AttributeType: "N" },
  ],
  KeySchema: [
    { AttributeName: "series", KeyType: "HASH" },
    { AttributeName: "minute", KeyType: "RANGE" },
  ],
};

export async function startTables(options: Parameters<typeof startTank>[0] = {}) {
  const tank = await startTank(options);
  const dynamodb = tank.client(DynamoDBClient);
  await dynamodb.send(new CreateTableCommand(ROWS));
  return {
    tank,
    dynamodb,
    client: tank.client.bind(tank),
    [Symbol.asyncDispose]: () => tank.stop(),
  };
}
