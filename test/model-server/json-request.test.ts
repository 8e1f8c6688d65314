import { describe, expect, test } from "vitest";
import { refusal, served } from "./models.ts";

describe("accepts", () => {
  test("rows are answered with predictions", async () => {
    await using linear = await served("linear");
    expect(
      await linear.json({
        instances: [
          [130, 205, 3.66],
          [1, 2, 3],
        ],
      }),
    ).toEqual({
      status: 200,
      contentType: "application/json",
      body: '{"predictions":[[25.300001],[8.72]]}',
    });
  });

  test("columns are answered with outputs", async () => {
    await using linear = await served("linear");
    const outputs = '{"outputs":[[8.72]]}';
    expect((await linear.json({ inputs: [[1, 2, 3]] })).body).toBe(outputs);
    expect((await linear.json({ inputs: { features: [[1, 2, 3]] } })).body).toBe(outputs);
  });

  test("several inputs and outputs go by their names", async () => {
    await using pair = await served("pair");
    const rows = await pair.json({
      instances: [
        { a: 1.5, b: 2 },
        { b: 3, a: 0.5 },
      ],
    });
    expect(rows.body).toBe('{"predictions":[{"sum":3.5,"twice":4},{"sum":3.5,"twice":6}]}');
    const columns = await pair.json({ inputs: { a: [1.5, 0.5], b: [2, 3] } });
    expect(columns.body).toBe('{"outputs":{"sum":[3.5,3.5],"twice":[4,6]}}');
  });

  test("a lone input may go by its name, too", async () => {
    await using linear = await served("linear");
    const { body } = await linear.json({ instances: [{ features: [1, 2, 3] }] });
    expect(body).toBe('{"predictions":[[8.72]]}');
  });

  test.each([
    ["a list of lists is a list of rows", "[[1,2,3],[1,2,3]]", 2],
    ["a list of numbers is one row", "[1,2,3]", 1],
    ["an object is one row", '{"features":[1,2,3]}', 1],
    ["a list of objects is a list of rows", '[{"features":[1,2,3]}]', 1],
    ["lines of lists are rows", "[1,2,3]\n[1,2,3]\n", 2],
    ["lines of objects are rows", '{"features":[1,2,3]}\r\n{"features":[1,2,3]}', 2],
  ])("%s", async (_fact, body, rows) => {
    await using linear = await served("linear");
    const predictions = Array.from({ length: rows }, () => [8.72]);
    expect(JSON.parse((await linear.json(body)).body)).toEqual({ predictions });
  });

  test("a bare number is one row of a model that takes single numbers", async () => {
    await using embedding = await served("embedding");
    expect((await embedding.json("2")).body).toBe('{"predictions":[[5,6]]}');
  });

  test("bare NaN and Infinity are read as TensorFlow Serving reads them", async () => {
    await using same = await served("same-float64");
    const { body } = await same.json('{"instances":[[NaN,-Infinity,Infinity,"NaN"]]}');
    expect(body).toBe('{"predictions":[[NaN,-Infinity,Infinity,NaN]]}');
  });

  test("a model whose output has no row each answers in the column format", async () => {
    await using total = await served("total");
    expect((await total.json({ inputs: [1, 2, 3.5] })).body).toBe('{"outputs":6.5}');
    expect(refusal(await total.json({ instances: [1, 2] }))).toMatch(
      /^400 output total has the shape \[\], which is not one prediction for each of 2 rows/,
    );
  });

  test("JSON is answered with CSV where Accept asks for it", async () => {
    await using linear = await served("linear");
    const answer = await linear.json({ instances: [[1, 2, 3]] }, "text/csv");
    expect(answer).toEqual({ status: 200, contentType: "text/csv", body: "8.72\n" });
  });
});

describe("rejects", () => {
  const cases: [fact: string, body: unknown, message: string][] = [
    [
      "a row of the wrong length",
      {
        instances: [
          [1, 2, 3],
          [1, 2, 3, 4],
        ],
      },
      "expected rows of 3 numbers (features: float32[n,3]), row 2 has 4",
    ],
    [
      "a row that is no list",
      { instances: [[1, 2, 3], 5] },
      "expected rows of 3 numbers (features: float32[n,3]), row 2 is 5",
    ],
    [
      "an element that is no number",
      { instances: [[1, "two", 3]] },
      'expected rows of 3 numbers (features: float32[n,3]), row 1, element 2 is "two"',
    ],
    [
      "an element that is null",
      { instances: [[1, null, 3]] },
      "expected rows of 3 numbers (features: float32[n,3]), row 1, element 2 is null",
    ],
    [
      "an element that is a list",
      { instances: [[1, [2], 3]] },
      "expected rows of 3 numbers (features: float32[n,3]), row 1, element 2 is a list",
    ],
    [
      "no rows",
      { instances: [] },
      "the request holds no rows; this model takes features: float32[n,3]",
    ],
    ["instances that are no list", { instances: 5 }, '"instances" is not a list of rows'],
    [
      "both formats at once",
      { instances: [[1, 2, 3]], inputs: [[1, 2, 3]] },
      'a request holds either "instances" or "inputs", not both',
    ],
    [
      "an unknown key",
      { instances: [[1, 2, 3]], parameters: {} },
      'unknown key "parameters" beside the inputs',
    ],
    [
      "another signature",
      { instances: [[1, 2, 3]], signature_name: "other" },
      'there is no signature "other", only "serving_default"',
    ],
    [
      "an unknown input",
      { instances: [{ feature: [1, 2, 3] }] },
      'row 1 names the input "feature"; expected features: float32[n,3]',
    ],
  ];

  test.each(cases)("%s", async (_fact, body, message) => {
    await using linear = await served("linear");
    expect(refusal(await linear.json(body))).toBe(`400 ${message}`);
  });

  test("a row without one of several inputs", async () => {
    await using pair = await served("pair");
    expect(refusal(await pair.json({ instances: [{ a: 1, b: 2 }, { a: 1 }] }))).toBe(
      '400 row 2 lacks the input "b"; expected a: float32[n], b: int64[n]',
    );
  });

  test("what is not JSON", async () => {
    await using linear = await served("linear");
    expect(refusal(await linear.json('{"instances":[[1,2,3]'))).toMatch(
      /^400 the body is not JSON: /,
    );
  });

  test("lists nested deeper than any stack, as the caller's mistake", async () => {
    await using linear = await served("linear");
    const deep = `${"[".repeat(100_000)}1${"]".repeat(100_000)}`;
    expect(refusal(await linear.json(`{"instances":[[1,2,${deep}]]}`))).toMatch(
      /^400 .* is a list$/,
    );
  });

  test("many short rows beside a long one, without allocating for all of them", async () => {
    await using same = await served("same-float32");
    const long = `[${"1,".repeat(99_999)}1]`;
    const body = `{"instances":[${long}${",[]".repeat(300_000)}]}`;
    expect(refusal(await same.json(body))).toBe(
      "400 expected rows of numbers (x: float32[n,m]), row 2 has 0",
    );
  });
});
