import { expect, test } from "vitest";
import { refusal, served } from "./models.ts";

test("without an Accept header, JSON is answered with JSON and CSV with CSV", async () => {
  await using linear = await served("linear");
  expect((await linear.json([1, 2, 3])).contentType).toBe("application/json");
  expect((await linear.csv("1,2,3")).contentType).toBe("text/csv");
});

test.each([
  ["*/*", "text/csv"],
  ["image/png, application/json;q=0.5, text/csv", "text/csv"],
  ["text/csv;q=0.2, application/json;q=0.9, image/png", "application/json"],
  ["text/csv, application/json", "text/csv"],
  ["application/json, text/csv", "application/json"],
  ["*/*, text/csv;q=0", "application/json"],
  ["text/*;q=0.1, */*;q=0.5", "application/json"],
  ["application/x-npy", "application/x-npy"],
  ["text/csv;q=0, application/*", "application/json"],
  ["application/jsonlines", "application/jsonlines"],
  ["TEXT/CSV", "text/csv"],
])("Accept %j on CSV is answered with %s", async (accept, contentType) => {
  await using linear = await served("linear");
  expect(await linear.csv("1,2,3", accept)).toMatchObject({ status: 200, contentType });
});

test("an Accept header without any type of ours is a 406", async () => {
  await using linear = await served("linear");
  expect(refusal(await linear.csv("1,2,3", "image/png"))).toMatch(
    /^406 Not Acceptable: image\/png/,
  );
});

test.each(["text/csv; charset=utf-8", "Text/CSV; charset=US-ASCII", "text/csv;header=absent"])(
  "Content-Type %j is CSV",
  async (contentType) => {
    await using linear = await served("linear");
    expect((await linear.send(contentType, "1,2,3")).status).toBe(200);
  },
);

test.each([
  [undefined, "Unknown"],
  ["application/octet-stream", "application/octet-stream"],
  ["text/csv; charset=utf-16", "text/csv; charset=utf-16"],
  ["constructor", "constructor"],
])("Content-Type %j is a 415", async (contentType, named) => {
  await using linear = await served("linear");
  expect(refusal(await linear.send(contentType, "1,2,3"))).toBe(
    `415 Unsupported Media Type: ${named}; this model takes application/json, application/jsonlines, text/csv and application/x-npy`,
  );
});
