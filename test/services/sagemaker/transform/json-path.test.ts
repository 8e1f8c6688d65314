import { expect, test } from "vitest";
import { jsonPath } from "../../../../emulator/services/sagemaker/transform/json-path.ts";

const RECORD = {
  id: { a: 1, b: 2 },
  "two words": "kept",
  field1: { child1: 1, child2: 2, child3: 3 },
  list: [10, 11, 12, 13, 14, 15, 16],
};
const COLUMNS = ["c0", "c1", "c2", "c3", "c4", "c5", "c6"];

/** What a path picks; a text for what cannot be picked. */
function of(path: string, value: unknown): unknown {
  try {
    return jsonPath(path)?.(value);
  } catch (error) {
    return (error as Error).message;
  }
}

// The operators of https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform-data-processing.html
test.each([
  ["$", RECORD],
  ["$.id", { a: 1, b: 2 }],
  ["$.id.*", [1, 2]],
  ["$.list[*]", RECORD.list],
  ["$['two words']", "kept"],
  ['$["id"]', { a: 1, b: 2 }],
  ["$['id','two words']", { id: { a: 1, b: 2 }, "two words": "kept" }],
  ["$.field1.['child1','child2']", { child1: 1, child2: 2 }],
  ["$.field1['child1', 'child3']", { child1: 1, child3: 3 }],
  ["$.list[-1]", 16],
] as const)("%s of a JSON record", (path, picked) => {
  expect(of(path, RECORD)).toEqual(picked);
});

test.each([
  ["$[1]", "c1"],
  ["$[1,3,5]", ["c1", "c3", "c5"]],
  ["$[0,-1]", ["c0", "c6"]],
  ["$[1:]", ["c1", "c2", "c3", "c4", "c5", "c6"]],
  ["$[2:5]", ["c2", "c3", "c4"]],
  ["$[:5]", ["c0", "c1", "c2", "c3", "c4"]],
  ["$[:-1]", ["c0", "c1", "c2", "c3", "c4", "c5"]],
  ["$[0,5:]", ["c0", "c5", "c6"]],
  ["$[*]", COLUMNS],
] as const)("%s of a CSV row", (path, picked) => {
  expect(of(path, COLUMNS)).toEqual(picked);
});

test("what is not there is an error that names it", () => {
  expect(of("$[7]", COLUMNS)).toBe("there is no index 7: the record has 7 columns or items");
  expect(of("$[0,-8]", COLUMNS)).toContain("there is no index -8");
  expect(of("$.absent", RECORD)).toBe("there is no member absent");
  expect(of("$['id','absent']", RECORD)).toBe("there is no member absent");
  expect(of("$.toString", RECORD)).toBe("there is no member toString");
  expect(of("$.id", COLUMNS)).toContain("a CSV row has only columns");
  expect(of("$[0]", RECORD)).toContain("needs a list");
  expect(of("$.list[0].*", RECORD)).toContain("* stands for the members");
});

test.each([
  "",
  "id",
  "$id",
  "$..id",
  "$[",
  "$[]",
  "$[a]",
  "$[?(@.x)]",
  "$.list[0:4:2]",
  "$[0,'a']",
])("%j is no path", (path) => {
  expect(jsonPath(path)).toBeUndefined();
});
