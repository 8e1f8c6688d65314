import {
  type AttributeValue,
  BatchWriteItemCommand,
  DynamoDBClient,
  type WriteRequest,
} from "@aws-sdk/client-dynamodb";
import type { KinesisStreamEvent } from "aws-lambda";
import { required } from "./environment.ts";
import { type PowerRecord, readBatch } from "./power-record.ts";

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html
const MAX_ITEMS_PER_CALL = 25;
const ATTEMPTS = 8;
const dynamodb = new DynamoDBClient({});

/** Writes each row of a batch to ConsumerTable. */
export async function handler(event: KinesisStreamEvent) {
  const { rows, response } = readBatch(event.Records);
  await writeAll(itemsOf(rows), { table: required("TABLE_NAME") });
  return response;
}

type Item = Record<string, AttributeValue>;

/** All attributes are texts. Of rows with the same key the last counts: one call may not name a key twice. */
export function itemsOf(rows: readonly PowerRecord[]): Item[] {
  const items = new Map<string, Item>();
  for (const row of rows) {
    const item = Object.entries(row).map(([name, value]) => [name, { S: String(value) }] as const);
    items.set(`${row.Date} ${row.Time}`, Object.fromEntries(item));
  }
  return [...items.values()];
}

/** Writes any number of items, as many in a call as it takes. */
export async function writeAll(
  items: readonly Item[],
  { table, client = dynamodb }: { table: string; client?: Pick<DynamoDBClient, "send"> },
): Promise<void> {
  for (let start = 0; start < items.length; start += MAX_ITEMS_PER_CALL) {
    const requests = items
      .slice(start, start + MAX_ITEMS_PER_CALL)
      .map((Item) => ({ PutRequest: { Item } }));
    await writeOnce(requests, { table, client });
  }
}

/** BatchWriteItem hands back what it had no capacity for; that is written again. */
async function writeOnce(
  requests: WriteRequest[],
  { table, client }: { table: string; client: Pick<DynamoDBClient, "send"> },
): Promise<void> {
  let waiting = requests;
  for (let attempt = 1; waiting.length > 0; attempt += 1) {
    const { UnprocessedItems } = await client.send(
      new BatchWriteItemCommand({ RequestItems: { [table]: waiting } }),
    );
    waiting = UnprocessedItems?.[table] ?? [];
    if (waiting.length === 0) return;
    if (attempt === ATTEMPTS) throw new Error(`${waiting.length} rows could not be written`);
    await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** attempt));
  }
}
