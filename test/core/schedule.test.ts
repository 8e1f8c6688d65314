import fc from "fast-check";
import { expect, test } from "vitest";
import { parseSchedule } from "../../emulator/core/schedule.ts";

const start = Date.parse("2026-01-01T00:00:00Z");
const after = (text: string, time: string) => {
  const at = parseSchedule(text, start)?.next(Date.parse(`${time}Z`));
  return at === undefined ? undefined : new Date(at).toISOString().slice(0, 16);
};

test.each([
  ["rate(5 minutes)", "2026-01-01T00:09:59", "2026-01-01T00:10"],
  ["rate(5 minutes)", "2026-01-01T00:10:00", "2026-01-01T00:15"],
  ["rate(1 day)", "2025-12-01T00:00:00", "2026-01-02T00:00"],
  ["cron(0 8 ? * MON-FRI *)", "2026-01-02T08:00:00", "2026-01-05T08:00"],
  ["cron(0/15 * * * ? *)", "2026-01-01T03:45:30", "2026-01-01T04:00"],
  ["cron(0 0 1,15 JAN ? *)", "2026-01-15T00:00:00", "2027-01-01T00:00"],
  ["cron(30 23 29 2 ? *)", "2026-01-01T00:00:00", "2028-02-29T23:30"],
  ["cron(0 0 1 1 ? 2025)", "2026-01-01T00:00:00", undefined],
  ["at(2026-03-01T12:00:00)", "2026-01-01T00:00:00", "2026-03-01T12:00"],
  ["at(2026-03-01T12:00:00)", "2026-03-01T12:00:00", undefined],
])("%s after %s is due at %s", (text, time, expected) => {
  expect(after(text, time)).toBe(expected);
});

test.each([
  "cron(0 8 * * * *)",
  "cron(61 * * * ? *)",
  "rate(0 minutes)",
  "at(tomorrow)",
  "cron(0 0 L * ? *)",
  "every day",
])("%s is none", (text) => {
  expect(parseSchedule(text, start)).toBeUndefined();
});

test("a rate falls due at whole periods after its start, each once", () => {
  const minutes = fc.integer({ min: 2, max: 5000 });
  fc.assert(
    fc.property(minutes, fc.integer({ min: 0, max: 1e10 }), (count, sinceMs) => {
      const schedule = parseSchedule(`rate(${count} minutes)`, start);
      const at = schedule?.next(start + sinceMs) ?? 0;
      expect(at).toBeGreaterThan(start + sinceMs);
      expect(at - (start + sinceMs)).toBeLessThanOrEqual(count * 60_000);
      expect((at - start) % (count * 60_000)).toBe(0);
    }),
  );
});
