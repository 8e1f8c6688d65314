import { hash } from "node:crypto";

/**
 * A hash key as 32 hexadecimal digits. Fixed width makes comparing text the same as comparing numbers,
 * and a digest needs no conversion on the way to its shard.
 */
export type HashKey = string;

/** The largest hash key, 2^128 - 1. */
export const MAX_HASH_KEY = 2n ** 128n - 1n;

/** Where a partition key falls: the MD5 of its UTF-8 bytes. */
export function hashOf(partitionKey: string): HashKey {
  return hash("md5", partitionKey, "hex");
}

/** The decimal form that AWS's API speaks, as a hash key. */
export function hashKeyOf(decimal: string | bigint): HashKey {
  return BigInt(decimal).toString(16).padStart(32, "0");
}

export function toDecimal(key: HashKey): string {
  return BigInt(`0x${key}`).toString();
}

export interface HashKeyRange {
  readonly start: HashKey;
  readonly end: HashKey;
}

/** Cuts the whole range into `count` even ranges; the last one takes the remainder. */
export function evenRanges(count: number): HashKeyRange[] {
  const width = (MAX_HASH_KEY + 1n) / BigInt(count);
  return Array.from({ length: count }, (_, index) => {
    const start = width * BigInt(index);
    const end = index === count - 1 ? MAX_HASH_KEY : start + width - 1n;
    return { start: hashKeyOf(start), end: hashKeyOf(end) };
  });
}
