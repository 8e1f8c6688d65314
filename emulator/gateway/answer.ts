import { validateHeaderName, validateHeaderValue } from "node:http";

/** What a function's answer comes to over HTTP; header names in lower case. */
export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly cookies: readonly string[];
  readonly body: string | Uint8Array;
}

export type Members = Readonly<Record<string, unknown>>;

/** The gateway's own: a function's are passed on under another name. */
const REMAPPED = new Set(["connection", "content-length", "date", "server"]);
/** Framing that the tank decides on itself. */
const DROPPED = new Set(["transfer-encoding", "keep-alive", "upgrade"]);

/** Gathers an answer's headers; each fault makes the whole answer malformed. */
export class AnswerHeaders {
  readonly values: Record<string, string> = {};
  readonly cookies: string[] = [];
  isMalformed = false;

  add(name: string, value: unknown): void {
    const isPlain = ["string", "boolean", "number"].includes(typeof value);
    if (!isPlain || !isHeader(name, String(value))) {
      this.isMalformed = true;
      return;
    }
    const lower = name.toLowerCase();
    if (lower === "set-cookie") this.cookies.push(String(value));
    else if (!DROPPED.has(lower)) {
      const key = REMAPPED.has(lower) ? `x-amzn-remapped-${lower}` : lower;
      const before = this.values[key];
      this.values[key] = before === undefined ? String(value) : `${before}, ${value}`;
    }
  }
}

/** A status that HTTP can end a request with, given as a number or as one's digits. */
export function statusOf(given: unknown): number | undefined {
  const status = typeof given === "string" ? Number(given) : given;
  if (typeof status !== "number" || !Number.isInteger(status)) return undefined;
  return status >= 200 && status <= 599 ? status : undefined;
}

export function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The bytes of a text in base64; `undefined` when it is none. */
export function decoded(text: string): Buffer | undefined {
  return BASE64.test(text) ? Buffer.from(text, "base64") : undefined;
}

function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
