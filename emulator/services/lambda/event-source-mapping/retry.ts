import type { StreamRecord } from "./record-source.ts";
import type { MappingSettings } from "./settings.ts";

/** Records that go to the function together, and how often they have gone already. */
export interface Attempt {
  readonly records: readonly StreamRecord[];
  /** Invocations that ran and failed. */
  readonly failures: number;
}

/** What came of an invocation that ran. */
export type Outcome =
  | { readonly type: "success" }
  /** The function threw, timed out or crashed: the batch may be halved. */
  | { readonly type: "error" }
  /** It reported the whole batch failed, in a way that names no record. */
  | { readonly type: "rejected" }
  /** The records make an event that no function can be given. */
  | { readonly type: "too large" }
  /** It reported that everything before the record at `index` is done. */
  | { readonly type: "partial"; readonly index: number };

/** What to do next: how many records are done, what goes again, what is given up. */
export interface Verdict {
  /** Records from the front that need no more attention. */
  readonly done: number;
  /** What is to be tried, in order. */
  readonly next: readonly Attempt[];
  readonly givenUp: Attempt | undefined;
  /** Whether to wait before the next try. */
  readonly waits: boolean;
}

type Policy = Pick<MappingSettings, "maximumRetryAttempts" | "bisectOnError">;

/**
 * Decides what follows an invocation, by AWS's rules: order is kept, progress restarts the retry budget,
 * halving does not use it up.
 * https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
 */
export function judge(attempt: Attempt, outcome: Outcome, policy: Policy): Verdict {
  const { records, failures } = attempt;
  if (outcome.type === "success") return verdict({ done: records.length });
  if (outcome.type === "partial" && outcome.index > 0) {
    const rest = { records: records.slice(outcome.index), failures: 0 };
    return verdict({ done: outcome.index, next: [rest], waits: true });
  }
  const isHalved = outcome.type === "error" ? policy.bisectOnError : outcome.type === "too large";
  if (isHalved && records.length > 1) {
    const middle = Math.ceil(records.length / 2);
    const halves = [records.slice(0, middle), records.slice(middle)];
    return verdict({ next: halves.map((half) => ({ records: half, failures })) });
  }
  // UNCONFIRMED: what AWS calls the condition of a record that is too large for any event.
  if (outcome.type === "too large") return verdict({ done: records.length, givenUp: attempt });
  const failed = { records, failures: failures + 1 };
  const { maximumRetryAttempts: retries } = policy;
  if (retries >= 0 && failed.failures > retries) {
    return verdict({ done: records.length, givenUp: failed });
  }
  return verdict({ next: [failed], waits: true });
}

/** Records that are too old to be delivered any more come off the front. */
export function tooOld(
  records: readonly StreamRecord[],
  { now, maximumAgeMs }: { now: number; maximumAgeMs: number },
): readonly StreamRecord[] {
  const young = records.findIndex(({ arrivedAt }) => now - arrivedAt <= maximumAgeMs);
  return young < 0 ? records : records.slice(0, young);
}

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 60_000;

/**
 * How long to wait before records go again that have failed so often. UNCONFIRMED: AWS does not publish its curve; this
 * one makes eight attempts within a minute, as has been seen there.
 */
export function backOffMs(failures: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1));
}

const LONGEST_ABSENCE_MS = 5_000;

/**
 * How long to wait before asking again what has so often not answered at all: a function that is throttled or restarts,
 * a stream that cannot be read. Nothing counts these times, so that short waits cost nothing, and what comes back is
 * met within seconds. UNCONFIRMED: AWS's own waits.
 */
export function absenceMs(times: number): number {
  return Math.min(LONGEST_ABSENCE_MS, backOffMs(times));
}

function verdict(parts: Partial<Verdict>): Verdict {
  return { done: 0, next: [], givenUp: undefined, waits: false, ...parts };
}
