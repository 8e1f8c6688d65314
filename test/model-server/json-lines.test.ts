import { expect, test } from "vitest";
import { refusal, served } from "./models.ts";

const LINES = "application/jsonlines";

test("each line is a row, and each prediction is a line", async () => {
  await using linear = await served("linear");
  const { contentType, body } = await linear.send(LINES, "[1,2,3]\r\n\n[130,205,3.66]\n");
  expect([contentType, body]).toEqual([LINES, "[8.72]\n[25.300001]\n"]);
});

test("lines may name the inputs, and lines name several outputs", async () => {
  await using linear = await served("linear");
  expect((await linear.send(LINES, '{"features":[1,2,3]}')).body).toBe("[8.72]\n");
  await using pair = await served("pair");
  const { body } = await pair.send(LINES, '{"a":1,"b":2}\n{"a":3,"b":4}');
  expect(body).toBe('{"sum":3,"twice":4}\n{"sum":7,"twice":8}\n');
});

test("one line is one row, however deep it is", async () => {
  await using linear = await served("linear");
  expect(refusal(await linear.send(LINES, "[[1,2,3],[4,5,6]]"))).toContain("row 1");
});

test("a body with instances is read as JSON is", async () => {
  await using linear = await served("linear");
  expect((await linear.send(LINES, '{"instances":[[1,2,3],[1,2,3]]}')).body).toBe(
    "[8.72]\n[8.72]\n",
  );
});

test("rows of CSV are answered with lines on request", async () => {
  await using linear = await served("linear");
  expect((await linear.csv("1,2,3\n1,2,3", LINES)).body).toBe("[8.72]\n[8.72]\n");
});

test("a line that is no JSON is named by its number", async () => {
  await using linear = await served("linear");
  expect(refusal(await linear.send(LINES, "[1,2,3]\n[1,2,"))).toMatch(/^400 line 2 is not JSON: /);
  expect(refusal(await linear.send(LINES, "\n"))).toContain("the request holds no rows");
});
