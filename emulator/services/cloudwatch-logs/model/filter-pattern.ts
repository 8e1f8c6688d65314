import { columnPattern } from "./column-pattern.ts";
import { jsonPattern } from "./json-pattern.ts";
import { PatternFault } from "./pattern-expression.ts";

/** Whether a message matches a filter pattern. */
export type Matcher = (message: string) => boolean;

/** `?"two words"`, `-term`, `term` */
const TERM = /\s*([?-]?)(?:"((?:[^"\\]|\\.)*)"|([\w.:/@#$*+=,;!<>'-]+))(?=\s|$)/y;

/**
 * Reads a pattern of terms, of JSON or of columns; `undefined` for one that cannot be read, as regular
 * expressions cannot.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForLogEvents.html
 */
export function filterPattern(pattern: string): Matcher | undefined {
  const trimmed = pattern.trim();
  if (trimmed === "" || trimmed === '" "') return () => true;
  const structured = { "{": jsonPattern, "[": columnPattern }[trimmed.slice(0, 1)];
  if (structured) {
    try {
      return structured(trimmed);
    } catch (fault) {
      if (fault instanceof PatternFault) return undefined;
      throw fault;
    }
  }
  if (trimmed.startsWith("%")) return undefined;
  const all: string[] = [];
  const any: string[] = [];
  const none: string[] = [];
  TERM.lastIndex = 0;
  while (TERM.lastIndex < trimmed.length) {
    const found = TERM.exec(trimmed);
    if (!found) return undefined;
    const [, sign, quoted, bare = ""] = found;
    const term = quoted === undefined ? bare : quoted.replace(/\\(.)/g, "$1");
    (sign === "?" ? any : sign === "-" ? none : all).push(term);
  }
  return (message) =>
    // AWS leaves optional terms out of account where there are required ones.
    (all.length > 0 || any.length === 0 || any.some((term) => message.includes(term))) &&
    all.every((term) => message.includes(term)) &&
    !none.some((term) => message.includes(term));
}
