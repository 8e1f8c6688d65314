import { expect, test } from "vitest";
import {
  bytes,
  list,
  map,
  oneOf,
  range,
  required,
  structure,
  text,
} from "../../emulator/core/limits.ts";

test("a text that keeps its limits has no faults", () => {
  const name = text({ min: 1, max: 5, pattern: "[a-z]+" });
  expect(name.faults("abcde")).toEqual([]);
});

test("a text that is too short or too long is told its bound", () => {
  const name = text({ min: 2, max: 5 });
  expect(name.faults("a")).toEqual(["Member must have length greater than or equal to 2"]);
  expect(name.faults("abcdef")).toEqual(["Member must have length less than or equal to 5"]);
});

test("a text must match its pattern as a whole", () => {
  const name = text({ pattern: "[a-z]+" });
  const fault = "Member must satisfy regular expression pattern: [a-z]+";
  expect(name.faults("abc")).toEqual([]);
  expect(name.faults("abc!")).toEqual([fault]);
  expect(name.faults("!abc")).toEqual([fault]);
  expect(name.faults("abc\n")).toEqual([fault]);
});

test("alternatives of a pattern are matched as a whole as well", () => {
  const number = text({ pattern: "0|([1-9][0-9]*)" });
  expect(number.faults("10")).toEqual([]);
  expect(number.faults("0")).toEqual([]);
  expect(number.faults("01")).toHaveLength(1);
  expect(number.faults("10x")).toHaveLength(1);
});

test("a text that breaks both is told of the pattern first, then of the length", () => {
  expect(text({ min: 1, max: 5, pattern: "[a-z]+" }).faults("")).toEqual([
    "Member must satisfy regular expression pattern: [a-z]+",
    "Member must have length greater than or equal to 1",
  ]);
});

test("a text's length is counted in UTF-16 units, as Java counts it", () => {
  expect(text({ max: 2 }).faults("🌊")).toEqual([]);
  expect(text({ max: 1 }).faults("🌊")).toHaveLength(1);
});

test("a number outside its range is told the bound it broke", () => {
  const limit = range(1, 10);
  expect(limit.faults(1)).toEqual([]);
  expect(limit.faults(10)).toEqual([]);
  expect(limit.faults(0)).toEqual(["Member must have value greater than or equal to 1"]);
  expect(limit.faults(11)).toEqual(["Member must have value less than or equal to 10"]);
});

test("a value that is not enumerated is told all that are, in AWS's order", () => {
  const type = oneOf(["LATEST", "AT_TIMESTAMP"]);
  expect(type.faults("LATEST")).toEqual([]);
  expect(type.faults("latest")).toEqual([
    "Member must satisfy enum value set: [LATEST, AT_TIMESTAMP]",
  ]);
});

test("a blob is measured in bytes and printed as Java prints a buffer", () => {
  const data = bytes({ min: 1, max: 3 });
  expect(data.faults(Buffer.from("abc"))).toEqual([]);
  expect(data.faults(Buffer.from("abcd"))).toEqual([
    "Member must have length less than or equal to 3",
  ]);
  expect(data.faults(Buffer.alloc(0))).toEqual([
    "Member must have length greater than or equal to 1",
  ]);
  expect(data.print?.(Buffer.from("abcd"))).toBe("java.nio.HeapByteBuffer[pos=0 lim=4 cap=4]");
});

test("a list is measured in members", () => {
  const records = list({ min: 1, max: 2, each: text({ max: 1 }) });
  expect(records.faults(["a"])).toEqual([]);
  expect(records.faults([])).toEqual(["Member must have length greater than or equal to 1"]);
  expect(records.faults(["a", "b", "c"])).toEqual([
    "Member must have length less than or equal to 2",
  ]);
  expect(records.each?.faults("ab")).toHaveLength(1);
});

test("lists and maps print as Java prints them", () => {
  expect(list({ max: 1 }).print?.([])).toBe("[]");
  expect(list({ max: 1 }).print?.(["a", "b"])).toBe("[a, b]");
  expect(map({ max: 1 }).print?.({ env: "test", team: "tides" })).toBe("{env=test, team=tides}");
});

test("the printed form of a list stays short however much it holds", () => {
  const records = Array.from({ length: 501 }, () => ({ Data: Buffer.alloc(1_000) }));
  expect(list({ max: 500 }).print?.(records).length).toBeLessThan(2_000);
});

test("a map is measured in entries", () => {
  expect(map({ max: 1 }).faults({ a: "1" })).toEqual([]);
  expect(map({ max: 1 }).faults({ a: "1", b: "2" })).toEqual([
    "Member must have length less than or equal to 1",
  ]);
});

test("a structure has constraints for its members and none of its own", () => {
  const mode = structure({ StreamMode: oneOf(["ON_DEMAND"]) });
  expect(mode.faults({})).toEqual([]);
  expect(Object.keys(mode.members ?? {})).toEqual(["StreamMode"]);
});

test("a required constraint checks what it checked before", () => {
  const key = required(text({ min: 1 }));
  expect(key.required).toBe(true);
  expect(key.faults("")).toHaveLength(1);
});
