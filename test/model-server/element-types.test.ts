import { expect, test } from "vitest";
import { refusal, served } from "./models.ts";

const whole: [type: string, low: string, high: string, beyond: string][] = [
  ["int8", "-128", "127", "128"],
  ["uint8", "0", "255", "-1"],
  ["int16", "-32768", "32767", "32768"],
  ["uint16", "0", "65535", "65536"],
  ["uint32", "0", "4294967295", "4294967296"],
  ["uint64", "0", "18446744073709551615", "18446744073709551616"],
  ["int32", "-2147483648", "2147483647", "2147483648"],
  ["int64", "-9223372036854775808", "9223372036854775807", "9223372036854775808"],
];

test.each(whole)(
  "%s takes its whole range from CSV, and no more",
  async (type, low, high, beyond) => {
    await using same = await served(`same-${type}`);
    expect((await same.csv(`${low},${high}\n`)).body).toBe(`${low},${high}\n`);
    expect(refusal(await same.csv(`0,${beyond}\n`))).toContain(`row 1, column 2 is "${beyond}"`);
    expect(refusal(await same.csv("0,1.5\n"))).toContain("expected rows of whole numbers");
  },
);

test("int64 beyond 2^53 goes into JSON as a string of digits, and comes out exact", async () => {
  await using same = await served("same-int64");
  const { body } = await same.json({ instances: [["9007199254740993", 1]] });
  expect(body).toBe('{"predictions":[[9007199254740993,1]]}');
  expect(refusal(await same.json('{"instances":[[9007199254740993]]}'))).toContain(
    "row 1, element 1",
  );
});

test("float64 keeps every digit", async () => {
  await using same = await served("same-float64");
  const { body } = await same.json({ instances: [[21.294546127319336, 0.1]] });
  expect(body).toBe('{"predictions":[[21.294546127319336,0.1]]}');
});

test("float16 is rounded to what it holds, and printed with the digits that it has", async () => {
  await using same = await served("same-float16");
  expect((await same.csv("0.1,65504\n")).body).toBe("0.1,65500\n");
  expect(refusal(await same.csv("0,70000\n"))).toContain('row 1, column 2 is "70000"');
});

test("booleans are words in JSON, and words or digits in CSV", async () => {
  await using same = await served("same-bool");
  expect((await same.json({ instances: [[true, false]] })).body).toBe(
    '{"predictions":[[true,false]]}',
  );
  expect((await same.csv("True,0\n")).body).toBe("true,false\n");
  expect(refusal(await same.json({ instances: [[1]] }))).toContain("expected rows of booleans");
});

test("strings keep quotes and characters beyond ASCII", async () => {
  await using same = await served("same-string");
  const predictions = [['say "hi"', "Zürich ✓"]];
  const { body } = await same.json({ instances: predictions });
  expect(JSON.parse(body)).toEqual({ predictions });
});
