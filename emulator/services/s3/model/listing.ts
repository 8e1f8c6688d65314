/** A page of keys, in the order of their UTF-8 bytes. */
export interface KeyPage<T> {
  readonly contents: readonly T[];
  readonly commonPrefixes: readonly string[];
  /** The last key or prefix of the page, when there is more. */
  readonly last: string | undefined;
}

export interface ListingRequest {
  readonly prefix: string;
  readonly delimiter: string | undefined;
  /** Keys and prefixes up to here have been listed. */
  readonly after: string | undefined;
  readonly maxKeys: number;
}

/**
 * Lists keys, those with the delimiter behind the prefix rolled up into one common prefix each. `maxKeys`
 * counts both, and a prefix is never split between pages.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export function listKeys<T extends { readonly key: string }>(
  sorted: readonly T[],
  { prefix, delimiter, after, maxKeys }: ListingRequest,
): KeyPage<T> {
  const contents: T[] = [];
  const commonPrefixes: string[] = [];
  let last: string | undefined;
  for (const item of sorted) {
    if (!item.key.startsWith(prefix)) continue;
    const rolled = rollUp(item.key, { prefix, delimiter });
    const name = rolled ?? item.key;
    if (after !== undefined && (compareKeys(name, after) <= 0 || after.startsWith(name))) continue;
    if (rolled !== undefined && commonPrefixes.at(-1) === rolled) continue;
    if (contents.length + commonPrefixes.length === maxKeys) {
      return { contents, commonPrefixes, last };
    }
    if (rolled === undefined) contents.push(item);
    else commonPrefixes.push(rolled);
    last = name;
  }
  return { contents, commonPrefixes, last: undefined };
}

/** UTF-8 order, which for text beyond the basic plane is not JavaScript's. */
export function compareKeys(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function rollUp(
  key: string,
  { prefix, delimiter }: Pick<ListingRequest, "prefix" | "delimiter">,
): string | undefined {
  if (!delimiter) return undefined;
  const end = key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
}
