import { describe, expect, test } from "vitest";
import { answerV1 } from "../../emulator/gateway/answer-v1.ts";
import { answerV2 } from "../../emulator/gateway/answer-v2.ts";

const v1 = (answer: unknown, decodesBase64 = false) =>
  answerV1(JSON.stringify(answer) ?? "", { decodesBase64 });

describe("payload format 1.0", () => {
  test.each([
    ["a status alone", { statusCode: 200 }, 200],
    ["no status", { headers: {} }, 200],
    ["a status in digits", { statusCode: "201" }, 201],
    ["headers of null", { statusCode: 200, headers: null }, 200],
  ])("%s is passed on", (_what, answer, status) => {
    expect(v1(answer)).toMatchObject({ status, headers: { "content-type": "application/json" } });
  });

  test.each([
    ["a status that is no number", { statusCode: "test" }],
    ["a member too many", { statusCode: 200, wrongValue: 1 }],
    ["a text", "hello"],
    ["null", null],
    ["nothing", undefined],
    ["an error's shape", { errorMessage: "x", errorType: "Error" }],
    ["a body that is no text", { body: {} }],
    ["multi-value headers that are no lists", { multiValueHeaders: { a: "b" } }],
    ["a header with a line break", { headers: { a: "b\r\nc: d" } }],
  ])("%s is malformed", (_what, answer) => {
    expect(v1(answer)).toBe("malformed");
  });

  test("a header in both maps is joined, the lists' values first", () => {
    const answer = v1({ headers: { a: true }, multiValueHeaders: { A: ["1", "2"] } });
    expect(answer).toMatchObject({ headers: { a: "1, 2, true" } });
  });

  test("base64 is decoded where the client accepts a binary type, else passed as it is", () => {
    const answer = { body: "eHl6", isBase64Encoded: true };
    expect(v1(answer)).toMatchObject({ body: "eHl6" });
    expect(v1(answer, true)).toMatchObject({ body: Buffer.from("xyz") });
    expect(v1({ ...answer, body: "?" }, true)).toBe("not base64");
  });
});

describe("payload format 2.0", () => {
  test.each([
    ["an object without a status is the body", { hello: "world" }, '{"hello":"world"}'],
    ["a text is the body without quotes", "hi", "hi"],
    ["a number is JSON", 1.5, "1.5"],
    ["a list is JSON", [1], "[1]"],
  ])("%s", (_what, answer, body) => {
    const headers = { "content-type": "application/json" };
    expect(answerV2(JSON.stringify(answer))).toMatchObject({ status: 200, headers, body });
  });

  test("cookies are headers of their own, and base64 is decoded", () => {
    const answer = { statusCode: 201, cookies: ["a=1"], body: "eHl6", isBase64Encoded: true };
    expect(answerV2(JSON.stringify(answer))).toMatchObject({
      status: 201,
      cookies: ["a=1"],
      body: Buffer.from("xyz"),
    });
  });

  test("a status that is none cannot be passed on", () => {
    expect(answerV2('{"statusCode":"x"}')).toBeUndefined();
  });
});
