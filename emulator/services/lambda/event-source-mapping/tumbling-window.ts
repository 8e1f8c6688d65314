// https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html
const MAX_STATE_BYTES = 1024 * 1024;

/** What a function hands itself from batch to batch of a window. */
export type WindowState = Readonly<Record<string, unknown>>;

/** A stretch of time whose records a function sums up, on one shard. Epoch ms. */
export interface OpenWindow {
  readonly startMs: number;
  /** The first moment that is not in it any more. */
  readonly endMs: number;
  readonly state: WindowState;
}

/** How a call of a window differs from one without. */
export interface WindowCall extends OpenWindow {
  readonly isFinal: boolean;
  /** Its state has outgrown what Lambda keeps. */
  readonly isEarly: boolean;
}

/** Windows are aligned to their length. */
export function windowStart(atMs: number, lengthMs: number): number {
  return atMs - (atMs % lengthMs);
}

export function openWindow(arrivedAt: number, lengthMs: number): OpenWindow {
  const startMs = windowStart(arrivedAt, lengthMs);
  return { startMs, endMs: startMs + lengthMs, state: {} };
}

/** The state in a function's answer; `undefined` where there is none, which is a failure. */
export function stateIn(payload: string): WindowState | undefined {
  try {
    const { state } = JSON.parse(payload) as { state?: unknown };
    const isState = typeof state === "object" && state !== null && !Array.isArray(state);
    return isState ? (state as WindowState) : undefined;
  } catch {
    return undefined;
  }
}

export function isTooLarge(state: WindowState): boolean {
  return Buffer.byteLength(JSON.stringify(state)) > MAX_STATE_BYTES;
}

/** What an event has beside its records; members of JSON's outermost object. */
export function windowMembers(
  { startMs, endMs, state, isFinal, isEarly }: WindowCall,
  { shardId, streamArn }: { shardId: string; streamArn: string },
): object {
  return {
    window: { start: isoSeconds(startMs), end: isoSeconds(endMs) },
    state,
    shardId,
    eventSourceARN: streamArn,
    isFinalInvokeForWindow: isFinal,
    isWindowTerminatedEarly: isEarly,
  };
}

/** 2020-12-09T07:04:00Z: windows are whole seconds. */
function isoSeconds(at: number): string {
  return new Date(at).toISOString().replace(/\.000Z$/, "Z");
}
