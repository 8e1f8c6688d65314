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
  /** Keys up to here are left out, though their common prefix may have later ones. */
  readonly afterKey?: string | undefined;
  /** Keys and common prefixes up to here have been listed. */
  readonly afterName?: string | undefined;
  readonly maxKeys: number;
}

/**
 * Lists keys, those with the delimiter behind the prefix rolled up into one common prefix each. `maxKeys`
 * counts both, and a prefix is never split between pages.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export function listKeys<T extends { readonly key: string }>(
  sorted: readonly T[],
  { prefix, delimiter, afterKey = "", afterName = "", maxKeys }: ListingRequest,
): KeyPage<T> {
  const contents: T[] = [];
  const commonPrefixes: string[] = [];
  let last: string | undefined;
  const start = [prefix, afterKey, afterName].reduce((a, b) => (compareKeys(a, b) < 0 ? b : a));
  for (let index = firstFrom(sorted, start); index < sorted.length; index += 1) {
    const item = sorted[index] as T;
    // Keys with the prefix stand together, so the first without it ends the listing.
    if (!item.key.startsWith(prefix)) break;
    const rolled = rollUp(item.key, { prefix, delimiter });
    const name = rolled ?? item.key;
    if (afterKey !== "" && compareKeys(item.key, afterKey) <= 0) continue;
    if (afterName !== "" && compareKeys(name, afterName) <= 0) continue;
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
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const difference = rank(a.charCodeAt(index)) - rank(b.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Surrogates stand for code points beyond the basic plane, which in UTF-8 come after all of it. */
function rank(codeUnit: number): number {
  return codeUnit >= 0xd800 && codeUnit <= 0xdfff ? codeUnit + 0x10000 : codeUnit;
}

/** The index of the first item whose key is not before `start`. */
function firstFrom(sorted: readonly { readonly key: string }[], start: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const { key } = sorted[middle] as { readonly key: string };
    if (compareKeys(key, start) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function rollUp(
  key: string,
  { prefix, delimiter }: Pick<ListingRequest, "prefix" | "delimiter">,
): string | undefined {
  if (!delimiter) return undefined;
  const end = key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
}
