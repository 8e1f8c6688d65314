import { expect, test } from "vitest";
import {
  functionArn,
  parseFunctionReference,
} from "../../../../emulator/services/lambda/model/function-reference.ts";

const NAMED = { name: "score", qualifier: undefined, accountId: undefined, region: undefined };

test.each([
  ["score", {}],
  ["score:$LATEST", { qualifier: "$LATEST" }],
  ["score:live", { qualifier: "live" }],
  ["function:score", {}],
  ["123456789012:function:score", { accountId: "123456789012" }],
  [
    "arn:aws:lambda:eu-west-1:123456789012:function:score:7",
    { accountId: "123456789012", region: "eu-west-1", qualifier: "7" },
  ],
])("%s names a function", (text, expected) => {
  expect(parseFunctionReference(text)).toEqual({ ...NAMED, ...expected });
});

test.each(["", "a b", "score:", "arn:aws:kinesis:us-east-1:123456789012:stream/score"])(
  "%j names none",
  (text) => {
    expect(parseFunctionReference(text)).toBeUndefined();
  },
);

test("an ARN reads back as what it was made of", () => {
  const scope = { accountId: "123456789012", region: "us-gov-west-1" };
  expect(parseFunctionReference(functionArn(scope, "score", "live"))).toEqual({
    name: "score",
    qualifier: "live",
    ...scope,
  });
});
