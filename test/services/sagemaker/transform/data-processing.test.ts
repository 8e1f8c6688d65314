import { expect, test } from "vitest";
import {
  type Processing,
  processingOf,
} from "../../../../emulator/services/sagemaker/transform/data-processing.ts";

// The examples of https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform-data-processing.html
type Asked = Parameters<typeof processingOf>[0];

function processing(asked: Asked, contentType: string, formats = {}): Processing {
  const made = processingOf(asked, { contentType, accept: undefined, isSplit: true, ...formats });
  if (typeof made !== "object") throw new Error(made ?? "nothing is done");
  return made;
}

test("only inferences are written where nothing else is said", () => {
  const formats = { contentType: "text/csv", accept: "text/csv", isSplit: true };
  const explicit = { InputFilter: "$", JoinSource: "None", OutputFilter: "$" } as const;
  expect(processingOf({}, formats)).toBeUndefined();
  expect(processingOf(explicit, formats)).toBeUndefined();
});

test("a JSON object gets its inference as SageMakerOutput; what is no object goes beside it", () => {
  const { before, after } = processing({ JoinSource: "Input" }, "application/json");
  expect(before('{"key":1}')).toBe('{"key":1}');
  expect(after(['{"key":1}'], '{"label":1}\n')).toBe('{"key":1,"SageMakerOutput":{"label":1}}');
  expect(after(["[1]"], "2")).toBe('{"SageMakerInput":[1],"SageMakerOutput":2}');
  // The name is reserved: what the input has under it is lost.
  expect(after(['{"SageMakerOutput":"mine"}'], "2")).toBe('{"SageMakerOutput":2}');
});

test("a CSV row has its inference after it", () => {
  const { after } = processing({ JoinSource: "Input" }, "text/csv");
  expect(after(["1,2,3", "4,5,6"], "1\n0\n")).toBe("1,2,3,1\n4,5,6,0");
});

test("an id column stays out of the input and comes with the result", () => {
  const asked = { InputFilter: "$[1:]", JoinSource: "Input", OutputFilter: "$[0,5:]" } as const;
  const { before, after } = processing(asked, "text/csv; charset=utf-8");
  const row = '"id, quoted ""so""",1,2,3,4';
  expect(before(row)).toBe("1,2,3,4");
  expect(after([row], "0.9,0.1\n")).toBe('"id, quoted ""so""",0.9,0.1');
});

test("an id attribute stays out of the input and comes with the result", () => {
  const OutputFilter = "$['id','SageMakerOutput']";
  const asked = { InputFilter: "$.features", JoinSource: "Input", OutputFilter } as const;
  const { before, after } = processing(asked, "application/jsonlines");
  const record = '{"id":7,"features":[1,2],"more":true}';
  expect(before(record)).toBe("[1,2]");
  expect(after([record], '{"label":1}\n')).toBe('{"id":7,"SageMakerOutput":{"label":1}}');
});

test("carriage returns are no part of a filtered or joined record", () => {
  const asked = { InputFilter: "$[1:]", JoinSource: "Input" } as const;
  const { before, after } = processing(asked, "text/csv");
  expect(before("a,1\r")).toBe("1");
  expect(after(["a,1\r"], "9\r\n")).toBe("a,1,9");
});

test("a whole CSV file is a table, row by row", () => {
  const asked = { InputFilter: "$[1:]", JoinSource: "Input", OutputFilter: "$[0,-1]" } as const;
  const { before, after } = processing(asked, "text/csv", { isSplit: false });
  expect(before("a,1\r\nb,2\r\n")).toBe("1\n2");
  expect(after(["a,1\r\nb,2\r\n"], "8\n9\n")).toBe("a,8\nb,9");
});

test("an answer is filtered as what Accept says that it is", () => {
  const asked = { InputFilter: "$[:2]", OutputFilter: "$['class']" };
  const { before, after } = processing(asked, "text/csv", { accept: "application/json" });
  expect(before("1,2,target")).toBe("1,2");
  expect(after(["1,2,target"], '{"class":["a"],"score":[1]}')).toBe('["a"]');
});

test("formats that cannot be filtered or joined are refused", () => {
  const formats = { contentType: "text/csv", accept: undefined, isSplit: true };
  const join = { JoinSource: "Input" } as const;
  expect(processingOf(join, { ...formats, contentType: "application/x-npy" })).toBe(
    "DataProcessing needs ContentType to be one of text/csv, application/json, application/jsonlines, not application/x-npy.",
  );
  expect(processingOf(join, { ...formats, accept: "application/x-npy" })).toContain("needs Accept");
  expect(processingOf(join, { ...formats, accept: "application/json" })).toContain("one format");
  expect(processingOf({ OutputFilter: "$.." }, formats)).toContain("OutputFilter is no JSONPath");
});

test("answers that are not one to a record cannot be joined", () => {
  const { after } = processing({ JoinSource: "Input" }, "text/csv");
  expect(() => after(["1", "2"], "3")).toThrow("2 records were answered with 1 lines");
});
