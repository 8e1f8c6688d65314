/** What the caller did wrong, in words for the caller. */
export class BadRequest extends Error {}

/** UTF-16 units: many times the longest sentence that the model was trained on. */
export const MAX_LENGTH = 10_000;

/**
 * The text of `{"payload": "text"}`.
 * @throws BadRequest when there is none, or it is no text, empty or too long
 */
export function readPayload(event: unknown): string {
  if (typeof event !== "object" || event === null || Array.isArray(event)) {
    throw new BadRequest('expected {"payload": "text"}');
  }
  const { payload } = event as { payload?: unknown };
  if (payload === undefined)
    throw new BadRequest('payload is missing: expected {"payload": "text"}');
  if (typeof payload !== "string")
    throw new BadRequest(`payload is ${kindOf(payload)}, not a text`);
  if (payload.trim() === "") throw new BadRequest("payload is empty");
  if (payload.length > MAX_LENGTH) {
    throw new BadRequest(
      `payload has ${payload.length} characters; at most ${MAX_LENGTH} are read`,
    );
  }
  // Half of a pair of surrogates, which JSON can spell, is no character.
  if (/[\uD800-\uDFFF]/u.test(payload)) throw new BadRequest("payload is not valid Unicode");
  return payload;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : `of type ${typeof value}`;
}
