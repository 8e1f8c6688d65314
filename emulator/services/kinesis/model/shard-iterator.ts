/** A place in a shard, as the opaque text that clients hand back. */
export interface ShardIterator {
  readonly streamArn: string;
  /** Tells a stream from an earlier one of the same name; epoch ms. */
  readonly streamCreatedAt: number;
  readonly shardIndex: number;
  readonly position: number;
  /** Epoch ms. */
  readonly issuedAt: number;
}

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html
export const ITERATOR_LIFETIME_MS = 300_000;

let issued = 0;

/** Every iterator differs from the one before, even at the same place: clients of AWS may rely on it. */
export function encodeIterator(iterator: ShardIterator): string {
  issued += 1;
  const fields = [
    MARK,
    iterator.streamArn,
    iterator.streamCreatedAt,
    iterator.shardIndex,
    iterator.position,
    iterator.issuedAt,
    issued,
  ];
  return Buffer.from(fields.join("\n")).toString("base64");
}

/** `undefined` for text that is no iterator of ours. The CLI's `--query` leaves quotes around one. */
export function decodeIterator(text: string): ShardIterator | undefined {
  const bare = text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
  const [mark, streamArn = "", ...numbers] = Buffer.from(bare, "base64").toString().split("\n");
  const [
    streamCreatedAt = Number.NaN,
    shardIndex = Number.NaN,
    position = Number.NaN,
    issuedAt = 0,
  ] = numbers.map(Number);
  const isOurs =
    mark === MARK && numbers.length === 5 && numbers.every((field) => /^\d+$/.test(field));
  return isOurs ? { streamArn, streamCreatedAt, shardIndex, position, issuedAt } : undefined;
}

/** Real iterators begin with such bytes as well. */
const MARK = "\u0000\u0000\u0000\u0001";
