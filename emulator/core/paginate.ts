/** One page of a listing and, when more follows, the item to continue after. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: T | undefined;
}

/**
 * Cuts a page out of a sorted listing. `after` decides which items are still to come: tokens name the
 * last item seen, so that a page stays right when items come and go between calls.
 */
export function paginate<T>(
  sorted: readonly T[],
  { after, limit }: { after?: (item: T) => boolean; limit: number },
): Page<T> {
  const rest = after ? sorted.filter(after) : sorted;
  const items = rest.slice(0, limit);
  return { items, next: rest.length > limit ? items.at(-1) : undefined };
}

/** An opaque token that carries `value`; AWS's tokens mean nothing to their holders either. */
export function encodeToken(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** What {@link encodeToken} wrote, or `undefined` for anything else. */
export function decodeToken(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, "base64url").toString());
  } catch {
    return undefined;
  }
}
