import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compilePattern } from "../../../../emulator/services/lambda/event-source-mapping/filters/pattern.ts";
import { recordFilter } from "../../../../emulator/services/lambda/event-source-mapping/filters/record-filter.ts";
import { startMapping } from "./mapping-under-test.ts";
import { invokerOf, ok, record, recordsFrom } from "./memory-source.ts";

const matches = (pattern: unknown, event: unknown) => compilePattern(pattern)(event);

describe("a pattern", () => {
  test.each<[unknown, unknown[], unknown[]]>([
    [
      ["a", 1, true],
      ["a", 1, true, ["b", "a"]],
      ["A", "1", 2, false, null, undefined, []],
    ],
    [[null], [null], ["null", "", 0, undefined]],
    [[""], [""], [" ", null, undefined]],
    [[300], [300, 300.0, 3e2], ["300", 301]],
    [[{ prefix: "ab" }], ["ab", "abc"], ["Abc", "cab", 1, null]],
    [[{ prefix: { "equals-ignore-case": "Ab" } }], ["aBc"], ["bab"]],
    [[{ suffix: "bc" }], ["abc", "bc"], ["bca", 1]],
    [[{ "equals-ignore-case": "Taxi" }], ["tAXI", "taxi"], ["taxis", 1]],
    [[{ "anything-but": "a" }], ["b", 1, null], ["a", undefined]],
    [[{ "anything-but": [1, 2] }], [3, "1"], [1, 2]],
    [[{ "anything-but": { prefix: "ab" } }], ["b", 1], ["abc"]],
    [[{ "anything-but": { suffix: ["x", "y"] } }], ["az"], ["ax", "ay"]],
    [[{ "anything-but": { "equals-ignore-case": ["A"] } }], ["b"], ["a", "A"]],
    [[{ "anything-but": { wildcard: "*/lib/*" } }], ["a/b"], ["a/lib/b"]],
    [[{ numeric: ["=", 5] }], [5], ["5", 6]],
    [[{ numeric: [">", 0, "<=", 5] }], [0.1, 5], [0, 5.1, "3", null]],
    [[{ exists: true }], ["a", null, 0, ["a"]], [undefined, { below: 1 }, []]],
    [[{ exists: false }], [undefined], ["a", null]],
    [[{ wildcard: "a*c" }], ["ac", "abbc", "a\nc"], ["abd", "xac"]],
    [[{ wildcard: "a\\*c" }], ["a*c"], ["abc"]],
    [
      [{ prefix: "a" }, { numeric: [">", 9] }],
      ["ab", 10],
      ["b", 9],
    ],
  ])("%j", (expected, yes, no) => {
    for (const field of yes)
      expect([field, matches({ field: expected }, { field })]).toEqual([field, true]);
    for (const field of no)
      expect([field, matches({ field: expected }, { field })]).toEqual([field, false]);
  });

  test("asks for all of its fields, at any depth, also in lists", () => {
    const pattern = { ride: { zone: [130], tags: ["late"] }, kind: ["ride"] };
    expect(matches(pattern, { kind: "ride", ride: { zone: 130, tags: ["new", "late"] } })).toBe(
      true,
    );
    expect(matches(pattern, { kind: "ride", ride: { zone: 130, tags: [] } })).toBe(false);
    expect(matches(pattern, { ride: { zone: 130, tags: ["late"] } })).toBe(false);
    expect(matches({ stops: { zone: [2] } }, { stops: [{ zone: 1 }, { zone: 2 }] })).toBe(true);
  });

  test("asks for one of $or, beside its other fields", () => {
    const pattern = { kind: ["ride"], $or: [{ zone: [1] }, { miles: [{ numeric: [">", 9] }] }] };
    expect(matches(pattern, { kind: "ride", zone: 1 })).toBe(true);
    expect(matches(pattern, { kind: "ride", miles: 10 })).toBe(true);
    expect(matches(pattern, { kind: "ride", zone: 2, miles: 9 })).toBe(false);
    expect(matches(pattern, { zone: 1 })).toBe(false);
  });

  test.each([
    '"text"',
    "[]",
    "null",
    "{}",
    '{"field":"text"}',
    '{"field":[]}',
    '{"field":{}}',
    '{"field":[{"like":"a"}]}',
    '{"field":[{"prefix":1}]}',
    '{"field":[{"prefix":"a","suffix":"b"}]}',
    '{"field":[["a"]]}',
    '{"field":[{"exists":"yes"}]}',
    '{"field":[{"numeric":[">"]}]}',
    '{"field":[{"numeric":["~",1]}]}',
    '{"field":[{"numeric":[">",5,"<",1]}]}',
    '{"field":[{"anything-but":[]}]}',
    '{"field":[{"anything-but":{"numeric":["=",1]}}]}',
    '{"field":[{"wildcard":"a**"}]}',
    '{"data":["text"]}',
    "no json",
  ])("%s is refused", (text) => {
    expect(() => recordFilter([text])).toThrow("Invalid filter pattern definition.");
  });

  test("of one value matches just that value, and anything-but just the others", () => {
    const value = fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }));
    fc.assert(
      fc.property(value, value, (wanted, field) => {
        expect(matches({ field: [wanted] }, { field })).toBe(wanted === field);
        const others = { field: [{ "anything-but": [wanted] }] };
        expect(matches(others, { field })).toBe(wanted !== field);
      }),
    );
  });
});

describe("a record's filter", () => {
  const passes = (pattern: object, data: string) =>
    recordFilter([JSON.stringify(pattern)])?.({
      ...record(7, 1_500),
      data: Buffer.from(data).toString("base64"),
    });

  test("sees the key, the number, the time and the data", () => {
    const pattern = {
      partitionKey: ["key-7"],
      sequenceNumber: [{ suffix: "07" }],
      approximateArrivalTimestamp: [{ numeric: [">=", 1.5] }],
      data: { ride: { zone: [130] } },
    };
    expect(passes(pattern, '{"ride":{"zone":130}}')).toBe(true);
    expect(passes(pattern, '{"ride":{"zone":131}}')).toBe(false);
  });

  test("for data drops what is no JSON, even where it asks for absence; one for the key does not mind", () => {
    expect(passes({ data: { error: [{ exists: false }] } }, "{}")).toBe(true);
    expect(passes({ data: { error: [{ exists: false }] } }, "no json")).toBe(false);
    expect(passes({ partitionKey: ["key-7"] }, "no json")).toBe(true);
  });
});

describe("a mapping with filters", () => {
  const filterPatterns = ["01", "02", "05"].map(
    (end) => `{"sequenceNumber":[{"suffix":"${end}"}]}`,
  );

  test("delivers what one of them matches, and batches count nothing else", async () => {
    const invoker = invokerOf(() => ok());
    await using under = await startMapping(invoker, { filterPatterns, batchSize: 2 });
    under.source.put("shard-0", recordsFrom(0, 7));
    await under.clock.advance(0);
    expect(invoker.calls).toEqual([[1, 2], [5]]);
  });

  test("goes on behind what it dropped after it was off", async () => {
    const seen: string[] = [];
    const invoker = invokerOf(() => ok());
    await using under = await startMapping(invoker, { filterPatterns });
    under.source.put("shard-0", recordsFrom(3, 1));
    await under.clock.advance(0);
    under.turn("off");
    await under.clock.advance(100);
    const { open } = under.source;
    under.source.open = (shardId, from) => {
      seen.push(JSON.stringify(from));
      return open.call(under.source, shardId, from);
    };
    under.turn("on");
    await under.clock.advance(100);
    expect(seen).toEqual(['{"type":"AFTER_SEQUENCE_NUMBER","sequenceNumber":"000003"}']);
    expect(invoker.calls).toEqual([]);
  });
});
