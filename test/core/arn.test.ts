import { expect, test } from "vitest";
import { arn, parseArn } from "../../emulator/core/arn.ts";

const scope = { accountId: "000000000000", region: "us-east-1" };

test("an ARN names the caller's account and region", () => {
  expect(arn("kinesis", scope, "stream/rides")).toBe(
    "arn:aws:kinesis:us-east-1:000000000000:stream/rides",
  );
});

test("an ARN that was composed is read back", () => {
  expect(parseArn(arn("lambda", scope, "function:score:live"))).toEqual({
    service: "lambda",
    ...scope,
    resource: "function:score:live",
  });
});

test("ARNs of other partitions and without account or region are read as well", () => {
  expect(parseArn("arn:aws-cn:kinesis:cn-north-1:123456789012:stream/a")?.region).toBe(
    "cn-north-1",
  );
  expect(parseArn("arn:aws:s3:::bucket/key:with:colons")).toEqual({
    service: "s3",
    region: "",
    accountId: "",
    resource: "bucket/key:with:colons",
  });
});

test("other text is no ARN", () => {
  for (const text of ["", "rides", "arn:aws:kinesis", "arn:gcp:a:b:c:d", "arn:aws:kinesis:r:a:"]) {
    expect(parseArn(text), text).toBeUndefined();
  }
});
