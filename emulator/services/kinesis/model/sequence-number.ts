/**
 * Sequence numbers in AWS's layout: 56 decimal digits that are 47 hexadecimal ones, here from the left.
 *
 * | digits | meaning |
 * |--------|---------|
 * | 1      | `2` |
 * | 9      | the shard's creation, epoch seconds |
 * | 1      | low digit of the shard's index |
 * | 16     | a counter; 7fff… closes a shard |
 * | 2      | `00` |
 * | 9      | the record's arrival, epoch seconds |
 * | 8      | the shard's index |
 * | 1      | `2`, the version |
 */
export interface SequenceNumberParts {
  readonly shardCreatedAt: number;
  readonly shardIndex: number;
  readonly counter: bigint;
  /** Epoch milliseconds; the layout keeps whole seconds. */
  readonly at: number;
}

const VERSION = 2n;
/** Below it a number names no record: it stands for a place before all of them. */
export const SMALL = 1n << 124n;
/** What every number of this layout begins with. */
export const LOWEST = VERSION << 184n;
/** One more record, at the counter's place. */
const COUNTER_STEP = 1n << 80n;
const CLOSING_COUNTER = 0x7fff_ffff_ffff_ffffn;

export function sequenceNumber(parts: SequenceNumberParts): string {
  return compose(shardBits(parts), parts.counter, parts.at).toString();
}

/** The last number of a shard that takes no more records. */
export function closingSequenceNumber(parts: Omit<SequenceNumberParts, "counter">): string {
  return compose(shardBits(parts), CLOSING_COUNTER, parts.at).toString();
}

export function parseSequenceNumber(text: string): SequenceNumberParts | undefined {
  const value = BigInt(text);
  if (value >> 184n !== VERSION || (value & 0xfn) !== VERSION) return undefined;
  return {
    shardCreatedAt: Number((value >> 148n) & 0xf_ffff_ffffn) * 1000,
    shardIndex: Number((value >> 4n) & 0xffff_ffffn),
    counter: (value >> 80n) & 0xffff_ffff_ffff_ffffn,
    at: Number((value >> 36n) & 0xf_ffff_ffffn) * 1000,
  };
}

/** Hands out a shard's numbers, each above the one before. */
export class SequenceNumbers {
  readonly #shardBits: bigint;
  #counter = 0n;
  /** Shard and time; the time changes once a second, so that most numbers cost one addition. */
  #base = 0n;
  #second = -1;

  constructor(shard: Pick<SequenceNumberParts, "shardCreatedAt" | "shardIndex">) {
    this.#shardBits = shardBits(shard);
  }

  /** @param at epoch milliseconds */
  next(at: number): string {
    const second = Math.floor(at / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#base = compose(this.#shardBits, 0n, at);
    }
    this.#counter += COUNTER_STEP;
    return (this.#base + this.#counter).toString();
  }
}

function shardBits({
  shardCreatedAt,
  shardIndex,
}: Pick<SequenceNumberParts, "shardCreatedAt" | "shardIndex">): bigint {
  const created = BigInt(Math.floor(shardCreatedAt / 1000));
  const index = BigInt(shardIndex);
  return LOWEST | (created << 148n) | ((index & 0xfn) << 144n) | (index << 4n) | VERSION;
}

function compose(shard: bigint, counter: bigint, at: number): bigint {
  return shard | (counter << 80n) | (BigInt(Math.floor(at / 1000)) << 36n);
}
