/** Whether a message matches a filter pattern. */
export type Matcher = (message: string) => boolean;

/** `?"two words"`, `-term`, `term` */
const TERM = /\s*([?-]?)(?:"((?:[^"\\]|\\.)*)"|([\w.:/@#$*+=,;!<>'-]+))(?=\s|$)/y;

/**
 * Reads a pattern of terms; `undefined` for patterns of JSON, of columns and of regular expressions.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForLogEvents.html
 */
export function filterPattern(pattern: string): Matcher | undefined {
  const trimmed = pattern.trim();
  if (trimmed === "" || trimmed === '" "') return () => true;
  if (/^[{[%]/.test(trimmed)) return undefined;
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
