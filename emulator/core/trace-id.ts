import { perSecond } from "./per-second.ts";

const secondIn16 = perSecond((second) => second.toString(16).padStart(8, "0"));

/**
 * `1-5e6722a7-cc56xmpl46db7ae02d4da47e`: the time, and 24 of a UUID's digits, which are all but its first group.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-traces
 * @param at epoch ms
 */
export function traceIdOf(at: number, uuid: string): string {
  const random = uuid.slice(9, 13) + uuid.slice(14, 18) + uuid.slice(19, 23) + uuid.slice(24);
  return `1-${secondIn16(at)}-${random}`;
}
