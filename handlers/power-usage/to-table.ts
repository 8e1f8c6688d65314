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
  const items = itemsOf(rows);
  const calls: Promise<void>[] = [];
  // At once: no key is in two of them.
  for (let start = 0; start < items.length; start += MAX_ITEMS_PER_CALL) {
    calls.push(writeAll(items.slice(start, start + MAX_ITEMS_PER_CALL)));
  }
  await Promise.all(calls);
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

/** BatchWriteItem hands back what it had no capacity for; that is written again. */
async function writeAll(items: readonly Item[]): Promise<void> {
  const table = required("TABLE_NAME");
  let waiting: WriteRequest[] = items.map((Item) => ({ PutRequest: { Item } }));
  for (let attempt = 1; waiting.length > 0; attempt += 1) {
    const { UnprocessedItems } = await dynamodb.send(
      new BatchWriteItemCommand({ RequestItems: { [table]: waiting } }),
    );
    waiting = UnprocessedItems?.[table] ?? [];
    if (waiting.length === 0) return;
    if (attempt === ATTEMPTS) throw new Error(`${waiting.length} rows could not be written`);
    await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** attempt));
  }
}
