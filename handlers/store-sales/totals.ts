import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { required } from "./environment.ts";
import type { Family } from "./families.ts";
import type { SalesEvent } from "./sales-event.ts";

const dynamodb = new DynamoDBClient({ cacheMiddleware: true });

/** An event with its place in the stream. */
export interface ReadEvent {
  readonly event: SalesEvent;
  readonly shardId: string;
  readonly sequenceNumber: string;
}

/** The events of one batch for one store, family and day, in the order of their shard. */
export interface Group {
  readonly series: string;
  readonly date: string;
  readonly shardId: string;
  readonly events: readonly ReadEvent[];
}

export interface DayTotal {
  readonly date: string;
  readonly sales: number;
  readonly receipts: number;
}

/** The partition key of both tables: "1#BREAD/BAKERY". */
export function seriesKey(store_nbr: number, family: Family): string {
  return `${store_nbr}#${family}`;
}

/** Events that change the same item are counted in one write. */
export function grouped(events: readonly ReadEvent[]): Group[] {
  const groups = new Map<string, Group & { events: ReadEvent[] }>();
  for (const read of events) {
    const { store_nbr, family, date } = read.event;
    const series = seriesKey(store_nbr, family);
    const key = `${series}#${date}#${read.shardId}`;
    const group = groups.get(key) ?? { series, date, shardId: read.shardId, events: [] };
    group.events.push(read);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/**
 * Adds the events to their day's total, each once: the item remembers how far it has counted each shard, so that a
 * batch that Lambda delivers again, whole or halved, changes nothing.
 */
export async function count(group: Group): Promise<void> {
  let waiting = group.events;
  for (let seen: string | undefined; waiting.length > 0; ) {
    if (await added({ ...group, events: waiting }, seen)) return;
    seen = await countedUntil(group);
    waiting = uncounted(group.events, seen);
  }
}

/** The events after a sequence number. Sequence numbers grow within a shard, in length at last. */
export function uncounted(events: readonly ReadEvent[], until: string | undefined): ReadEvent[] {
  const last = padded(until ?? "");
  return events.filter(({ sequenceNumber }) => padded(sequenceNumber) > last);
}

/** The newest days of a series, newest first. */
export async function newestTotals(series: string, days: number): Promise<DayTotal[]> {
  const { Items = [] } = await dynamodb.send(
    new QueryCommand({
      TableName: required("TOTALS_TABLE"),
      KeyConditionExpression: "series = :series",
      ExpressionAttributeValues: { ":series": { S: series } },
      ScanIndexForward: false,
      ConsistentRead: true,
      Limit: days,
    }),
  );
  return Items.map(({ date, sales, receipts }) => ({
    date: date?.S ?? "",
    sales: Number(sales?.N),
    receipts: Number(receipts?.N),
  }));
}

async function added({ series, date, shardId, events }: Group, seen?: string): Promise<boolean> {
  const sales = events.reduce((sum, { event }) => sum + event.sales, 0);
  const promoted = events.filter(({ event }) => event.onpromotion).length;
  const values: Record<string, AttributeValue> = {
    // To the gram: sums of binary fractions have tails.
    ":sales": { N: String(Math.round(sales * 1000) / 1000) },
    ":receipts": { N: String(events.length) },
    ":promoted": { N: String(promoted) },
    ":newest": { S: padded(events.at(-1)?.sequenceNumber ?? "") },
    ":seen": { S: seen ?? padded(events[0]?.sequenceNumber ?? "") },
  };
  try {
    await dynamodb.send(
      new UpdateItemCommand({
        TableName: required("TOTALS_TABLE"),
        Key: { series: { S: series }, date: { S: date } },
        UpdateExpression:
          "SET #counted = :newest ADD sales :sales, receipts :receipts, promoted :promoted",
        ConditionExpression:
          seen === undefined
            ? "attribute_not_exists(#counted) OR #counted < :seen"
            : "#counted = :seen",
        ExpressionAttributeNames: { "#counted": counter(shardId) },
        ExpressionAttributeValues: values,
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

async function countedUntil({ series, date, shardId }: Group): Promise<string | undefined> {
  const { Item } = await dynamodb.send(
    new GetItemCommand({
      TableName: required("TOTALS_TABLE"),
      Key: { series: { S: series }, date: { S: date } },
      ConsistentRead: true,
    }),
  );
  return Item?.[counter(shardId)]?.S;
}

function counter(shardId: string): string {
  return `counted_${shardId}`;
}

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Record.html: up to 128 digits, too many for a number.
function padded(sequenceNumber: string): string {
  return sequenceNumber.padStart(128, "0");
}
