import { clientContextNotJson } from "../errors.ts";
import { MAX_CLIENT_CONTEXT_CHARACTERS } from "../limits.ts";

/** The JSON behind an `X-Amz-Client-Context` header. */
export function decodeClientContext(encoded: string): string {
  const json = Buffer.from(encoded, "base64").toString();
  try {
    const context: unknown = JSON.parse(json);
    const isObject = typeof context === "object" && context !== null;
    if (isObject && encoded.length <= MAX_CLIENT_CONTEXT_CHARACTERS) return json;
  } catch {
    // Said below.
  }
  throw clientContextNotJson();
}
