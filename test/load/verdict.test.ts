import { expect, test } from "vitest";
import { burstVerdicts, steadyVerdicts } from "./verdict.ts";

const interval = {
  at: 0,
  seconds: 10,
  requests: 1_000,
  outcomes: { "200": 1_000 },
  p50: 1,
  p95: 5,
  p99: 9,
};
const thresholds = { success: 1, p99: 10, rate: 100 };
const kept = (verdicts: readonly { isKept: boolean }[]) => verdicts.map(({ isKept }) => isKept);

test("a run that answers all, in time and as often as asked, keeps its thresholds", () => {
  expect(kept(steadyVerdicts({ total: interval, intervals: [interval] }, thresholds))).toEqual([
    true,
    true,
    true,
  ]);
});

test("one answer that is no success, a slow percentile and a low rate are each missed", () => {
  const bad = { ...interval, outcomes: { "200": 949, "503": 51 }, p99: 10 };
  expect(kept(steadyVerdicts({ total: bad, intervals: [bad] }, thresholds))).toEqual([
    false,
    false,
    false,
  ]);
});

test("a burst is kept when all of it succeeds, fast enough", () => {
  const burst = { requests: 100, succeeded: 100, tookMs: 1_000, outcomes: {}, latencies: [] };
  expect(kept(burstVerdicts(burst, { rate: 100 }))).toEqual([true, true]);
  const lost = { ...burst, succeeded: 99, tookMs: 1_001 };
  expect(kept(burstVerdicts(lost, { rate: 100 }))).toEqual([false, false]);
});
