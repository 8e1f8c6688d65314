import { LOG_TAIL_BYTES } from "../limits.ts";

/** What `X-Amz-Log-Result` carries: the last 4 KB of an invocation's log. */
export function logTail(messages: readonly string[]): string {
  let tail = "";
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    tail = `${messages[index]}${tail}`;
    if (tail.length >= LOG_TAIL_BYTES) break;
  }
  const bytes = Buffer.from(tail);
  if (bytes.length <= LOG_TAIL_BYTES) return tail;
  // A character that the cut went through is left out whole.
  let start = bytes.length - LOG_TAIL_BYTES;
  while (((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1;
  return bytes.subarray(start).toString();
}
