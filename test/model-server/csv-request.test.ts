import { describe, expect, test } from "vitest";
import { refusal, served } from "./models.ts";

describe("accepts", () => {
  test("one row is answered with one line of CSV", async () => {
    await using linear = await served("linear");
    expect(await linear.csv("130,205,3.66")).toEqual({
      status: 200,
      contentType: "text/csv",
      body: "25.300001\n",
    });
  });

  test("blank lines, carriage returns and a byte order mark are no part of the rows", async () => {
    await using linear = await served("linear");
    const { body } = await linear.csv("\uFEFF130,205,3.66\r\n\r\n  \n1, 2 ,3\n");
    expect(body).toBe("25.300001\n8.72\n");
  });

  test("cells may stand in quotes, which protect commas and line ends", async () => {
    await using linear = await served("linear");
    expect((await linear.csv('"1","2",3\r\n')).body).toBe("8.72\n");
    await using strings = await served("same-string");
    const rows = '"a,b",c\n"say ""hi""","two\nlines"\n';
    expect((await strings.csv(rows)).body).toBe(rows);
  });

  test("a row's cells go to the inputs in the model's order", async () => {
    await using pair = await served("pair");
    expect((await pair.csv("1.5,2\n0.5,3\n")).body).toBe("3.5,4\n3.5,6\n");
  });

  test("a model that leaves its width open takes rows of any one width", async () => {
    await using same = await served("same-float32");
    expect((await same.csv("1,2,3\n4,5,6\n")).body).toBe("1,2,3\n4,5,6\n");
    expect(refusal(await same.csv("1,2,3\n4,5\n"))).toBe(
      "400 expected rows of numbers (x: float32[n,m]), row 2 has 2",
    );
  });

  test("CSV is answered with JSON where Accept asks for it", async () => {
    await using linear = await served("linear");
    const { contentType, body } = await linear.csv("1,2,3", "application/json");
    expect(contentType).toBe("application/json");
    expect(JSON.parse(body)).toEqual({ predictions: [[8.72]] });
  });
});

describe("rejects", () => {
  test("a row of the wrong width, with what was expected", async () => {
    await using linear = await served("linear");
    expect(refusal(await linear.csv("1,2,3\n1,2,3,4"))).toBe(
      "400 expected rows of 3 numbers (features: float32[n,3]), row 2 has 4",
    );
  });

  test("a header row", async () => {
    await using linear = await served("linear");
    expect(refusal(await linear.csv("pickup,dropoff,distance\n1,2,3"))).toBe(
      '400 expected rows of 3 numbers (features: float32[n,3]), row 1, column 1 is "pickup"; a header row is not accepted',
    );
  });

  test.each(["", " ", "0x10", "1e", "1_000", "1e39", "true"])(
    "the cell %j as a number",
    async (cell) => {
      await using linear = await served("linear");
      expect(refusal(await linear.csv(`1,${cell},3`))).toContain(
        `row 1, column 2 is ${JSON.stringify(cell)}`,
      );
    },
  );

  test("a body without rows", async () => {
    await using linear = await served("linear");
    expect(refusal(await linear.csv("\r\n\n"))).toBe(
      "400 the request holds no rows; this model takes features: float32[n,3]",
    );
  });

  test("a quote in the middle of a cell", async () => {
    await using linear = await served("linear");
    expect(refusal(await linear.csv('1,2,"3"4'))).toBe(
      "400 row 1 has a stray quote or carriage return",
    );
  });

  test("more rows than a model of a fixed batch takes", async () => {
    await using picture = await served("picture");
    expect((await picture.csv("1,2,3,4")).body).toBe("2.5\n");
    expect(refusal(await picture.csv("1,2,3,4\n5,6,7,8"))).toBe(
      "400 expected 1 row of 2×2 numbers (pixels: float32[1,2,2]), the request has 2",
    );
  });

  test("values that the model cannot compute with", async () => {
    await using embedding = await served("embedding");
    expect((await embedding.csv("2\n0\n")).body).toBe("5,6\n1,2\n");
    expect(refusal(await embedding.csv("7"))).toMatch(
      /^400 the model refuses these values: indices element out of data bounds, idx=7/,
    );
  });
});
