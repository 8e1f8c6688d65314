import type { Interval } from "./artillery.ts";
import type { Burst } from "./burst.ts";
import type { Thresholds } from "./scenario.ts";

/** Whether a threshold was kept. */
export interface Verdict {
  readonly what: string;
  readonly measured: string;
  readonly wanted: string;
  readonly isKept: boolean;
}

/** Judges a steady run: the whole of it for success and latency, its busiest intervals for the rate. */
export function steadyVerdicts(
  { total, intervals }: { total: Interval; intervals: readonly Interval[] },
  { success, p99, rate }: Thresholds,
): Verdict[] {
  const succeeded = successes(total.outcomes) / Math.max(1, total.requests);
  const most = Math.max(
    0,
    ...intervals.map(({ outcomes, seconds }) => successes(outcomes) / seconds),
  );
  return [
    {
      what: "answered with 2xx",
      measured: `${(succeeded * 100).toFixed(2)} %`,
      wanted: `at least ${success * 100} %`,
      isKept: succeeded >= success,
    },
    {
      what: "99th percentile",
      measured: `${total.p99.toFixed(1)} ms`,
      wanted: `under ${p99} ms`,
      isKept: total.p99 < p99,
    },
    {
      what: "answers per second, busiest interval",
      measured: most.toFixed(0),
      // Artillery's arrivals are spread by chance.
      wanted: `at least ${rate}, less 5 %`,
      isKept: most >= rate * 0.95,
    },
  ];
}

export function burstVerdicts(
  { requests, succeeded, tookMs }: Burst,
  { rate }: { rate: number },
): Verdict[] {
  const perSecond = requests / (tookMs / 1000);
  const what = `${requests.toLocaleString("en")} at once`;
  return [
    {
      what: `${what}: succeeded`,
      measured: succeeded.toLocaleString("en"),
      wanted: "all",
      isKept: succeeded === requests,
    },
    {
      what: `${what}: per second`,
      measured: perSecond.toFixed(0),
      wanted: `at least ${rate}`,
      isKept: perSecond >= rate,
    },
  ];
}

function successes(outcomes: Readonly<Record<string, number>>): number {
  return Object.entries(outcomes).reduce(
    (total, [outcome, count]) => (outcome.startsWith("2") ? total + count : total),
    0,
  );
}
