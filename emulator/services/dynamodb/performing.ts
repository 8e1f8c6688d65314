import type { StaticOperationSchema } from "@smithy/types";
import { type Operation, operation } from "../../core/service.ts";
import type { DynamoDbEngine } from "./engine.ts";

/** A request's or an answer's JSON, as DynamoDB's own documents spell it. */
export type Json = Record<string, unknown>;

/**
 * An operation that dynalite performs. It reads and writes the JSON of the wire and checks every member
 * itself, so nothing is converted on the way.
 */
export function performed(schema: StaticOperationSchema): Operation<DynamoDbEngine, Json, Json> {
  return operation<DynamoDbEngine, Json, Json>({
    schema,
    hotPath: { decode: jsonObject, encode: (output) => JSON.stringify(output) },
    handle: (dynamodb, input, call) => dynamodb.perform(schema[2], input, call),
    summarize: (input, output) => summary(input, output),
  });
}

/** `undefined` for what is no object: the edge words that error. */
function jsonObject(body: Buffer): Json | undefined {
  try {
    const value: unknown = JSON.parse(body.toString());
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

/** `rows · 25 items` */
function summary({ TableName, RequestItems }: Json, { Count }: Json): string {
  if (typeof TableName === "string") {
    return Count === undefined ? TableName : `${TableName} · ${Count} items`;
  }
  const tables = Object.entries((RequestItems ?? {}) as Record<string, { length?: number }>);
  return tables.map(([name, { length = 0 }]) => `${name} · ${length} requests`).join(", ");
}
