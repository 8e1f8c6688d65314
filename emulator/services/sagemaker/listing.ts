import { decodeToken, encodeToken, paginate } from "../../core/paginate.ts";
import { invalidNextToken } from "./errors.ts";
import { DEFAULT_PAGE } from "./limits.ts";
import type { Resource } from "./resources.ts";

/** What the List operations have in common. */
export interface ListQuery {
  readonly SortBy?: string | undefined;
  readonly SortOrder?: "Ascending" | "Descending" | undefined;
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
  readonly NameContains?: string | undefined;
  readonly CreationTimeBefore?: Date | undefined;
  readonly CreationTimeAfter?: Date | undefined;
}

/** Where a resource stands in a listing: by its sort key, then by age. */
type Position = readonly [key: string | number, sequence: number];

/**
 * One page of a listing; newest first unless told otherwise.
 * @param keyOf the sort key of a resource for the keys that only its kind has, such as Status
 */
export function listPage<T extends Resource>(
  resources: readonly T[],
  query: ListQuery,
  keyOf?: (resource: T, sortBy: string) => string | undefined,
): { items: readonly T[]; nextToken: string | undefined } {
  const { SortBy = "CreationTime", SortOrder = "Descending" } = query;
  const direction = SortOrder === "Ascending" ? 1 : -1;
  const positionOf = (resource: T): Position => [
    keyOf?.(resource, SortBy) ?? (SortBy === "Name" ? resource.name : resource.createdAt),
    resource.sequence,
  ];
  const order = (a: Position, b: Position) => direction * compare(a, b);
  const sorted = resources
    .filter((resource) => isWanted(resource, query))
    .sort((a, b) => order(positionOf(a), positionOf(b)));
  const last = query.NextToken === undefined ? undefined : read(query.NextToken);
  const { items, next } = paginate(sorted, {
    ...(last && { after: (resource) => order(positionOf(resource), last) > 0 }),
    limit: query.MaxResults ?? DEFAULT_PAGE,
  });
  return { items, nextToken: next && encodeToken(positionOf(next)) };
}

function isWanted({ name, createdAt }: Resource, query: ListQuery): boolean {
  const { NameContains = "", CreationTimeBefore: before, CreationTimeAfter: after } = query;
  if (!name.includes(NameContains)) return false;
  if (before && createdAt >= before.getTime()) return false;
  return !after || createdAt >= after.getTime();
}

function compare([keyA, ageA]: Position, [keyB, ageB]: Position): number {
  if (keyA === keyB) return ageA - ageB;
  return keyA < keyB ? -1 : 1;
}

function read(token: string): Position {
  const value = decodeToken(token);
  if (!Array.isArray(value) || value.length !== 2) throw invalidNextToken();
  const [key, sequence] = value as readonly unknown[];
  const isKey = typeof key === "string" || typeof key === "number";
  if (!isKey || typeof sequence !== "number") throw invalidNextToken();
  return [key, sequence];
}
