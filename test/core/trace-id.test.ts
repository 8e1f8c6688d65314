import { expect, test } from "vitest";
import { traceIdOf } from "../../emulator/core/trace-id.ts";

test("a trace id has the second and all groups of the UUID but its first", () => {
  const uuid = "01234567-89ab-4cde-8f01-23456789abcd";
  const at = 0x5e6722a7 * 1000;
  expect(traceIdOf(at, uuid)).toBe("1-5e6722a7-89ab4cde8f0123456789abcd");
  expect(traceIdOf(at + 999, uuid)).toBe("1-5e6722a7-89ab4cde8f0123456789abcd");
  expect(traceIdOf(at + 1000, uuid)).toBe("1-5e6722a8-89ab4cde8f0123456789abcd");
  expect(traceIdOf(0, uuid)).toBe("1-00000000-89ab4cde8f0123456789abcd");
});
