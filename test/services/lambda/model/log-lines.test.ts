import { expect, test } from "vitest";
import { logStreamName, reportLine } from "../../../../emulator/services/lambda/model/log-lines.ts";

const REPORT = { requestId: "id", durationMs: 3.006, memorySizeMb: 128, maxMemoryUsedMb: 36 };

test("a report of a warm invocation bills whole milliseconds", () => {
  expect(reportLine({ ...REPORT, initMs: undefined })).toBe(
    "REPORT RequestId: id\tDuration: 3.01 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\t\n",
  );
});

test("a report of a cold start bills the init too", () => {
  expect(reportLine({ ...REPORT, initMs: 110.1 })).toBe(
    "REPORT RequestId: id\tDuration: 3.01 ms\tBilled Duration: 114 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tInit Duration: 110.10 ms\t\n",
  );
});

test("an invocation that takes no time bills one millisecond", () => {
  expect(reportLine({ ...REPORT, durationMs: 0, initMs: undefined })).toContain(
    "Billed Duration: 1 ms",
  );
});

test("a log stream is named after its day, its version and its environment", () => {
  const name = logStreamName(Date.UTC(2026, 0, 31), {
    id: "01234567-89ab-cdef-0123-456789abcdef",
    version: "$LATEST",
  });
  expect(name).toBe("2026/01/31/[$LATEST]0123456789abcdef0123456789abcdef");
});
