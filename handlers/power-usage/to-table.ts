import { setTimeout as pause } from "node:timers/promises";
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
/** With their pauses, 13 seconds of the function's 30. */
const ATTEMPTS = 10;
const FIRST_PAUSE_MS = 25;
const dynamodb = new DynamoDBClient({ cacheMiddleware: true });

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

type Place = { table: string; client?: Pick<DynamoDBClient, "send"> };

/** BatchWriteItem hands back what it had no capacity for; that is written again, what all calls left together. */
export async function writeAll(items: readonly Item[], place: Place): Promise<void> {
  let waiting: WriteRequest[] = items.map((Item) => ({ PutRequest: { Item } }));
  for (let attempt = 1; waiting.length > 0; attempt += 1) {
    if (attempt > ATTEMPTS) throw new Error(`${waiting.length} rows could not be written`);
    if (attempt > 1) await pause(FIRST_PAUSE_MS * 2 ** (attempt - 2));
    const calls: Promise<WriteRequest[]>[] = [];
    // At once: no key is in two of them.
    for (let start = 0; start < waiting.length; start += MAX_ITEMS_PER_CALL) {
      calls.push(write(waiting.slice(start, start + MAX_ITEMS_PER_CALL), place));
    }
    waiting = (await Promise.all(calls)).flat();
  }
}

/** What was not written of one call. */
async function write(
  requests: WriteRequest[],
  { table, client = dynamodb }: Place,
): Promise<WriteRequest[]> {
  const { UnprocessedItems } = await client.send(
    new BatchWriteItemCommand({ RequestItems: { [table]: requests } }),
  );
  return UnprocessedItems?.[table] ?? [];
}
