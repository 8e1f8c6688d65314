import { expect, test } from "vitest";
import { accountOf, credentialScope, DEFAULT_ACCOUNT_ID } from "../../emulator/edge/sigv4.ts";

const nothing = new URLSearchParams();
const signedBy = (authorization: string) =>
  credentialScope({ headers: { authorization }, query: nothing }, "us-east-1");

test("a signed request's header tells its access key, region and service", () => {
  expect(
    signedBy(
      "AWS4-HMAC-SHA256 Credential=AKIA123/20260101/eu-west-1/kinesis/aws4_request, SignedHeaders=host;x-amz-date, Signature=abc",
    ),
  ).toEqual({ accessKeyId: "AKIA123", region: "eu-west-1", service: "kinesis" });
});

test("the header's parts may come in any order and without spaces", () => {
  expect(
    signedBy(
      "AWS4-HMAC-SHA256 SignedHeaders=host,Signature=abc,Credential=AKIA123/20260101/eu-west-1/s3/aws4_request",
    ),
  ).toEqual({ accessKeyId: "AKIA123", region: "eu-west-1", service: "s3" });
});

test("a presigned link tells the same in its query, which wins over the header", () => {
  const query = new URLSearchParams({
    "X-Amz-Credential": "AKIA456/20260101/ap-south-1/s3/aws4_request",
  });
  const headers = {
    authorization: "AWS4-HMAC-SHA256 Credential=AKIA123/20260101/eu-west-1/kinesis/aws4_request",
  };
  expect(credentialScope({ headers, query }, "us-east-1")).toEqual({
    accessKeyId: "AKIA456",
    region: "ap-south-1",
    service: "s3",
  });
});

test("the older query form names a key of S3 and no region", () => {
  const query = new URLSearchParams({ AWSAccessKeyId: "AKIA789", Signature: "x", Expires: "1" });
  expect(credentialScope({ headers: {}, query }, "eu-north-1")).toEqual({
    accessKeyId: "AKIA789",
    region: "eu-north-1",
    service: "s3",
  });
});

test("a request that is not signed belongs to nobody, in the default region", () => {
  const nobody = { accessKeyId: "", region: "eu-north-1", service: "" };
  expect(credentialScope({ headers: {}, query: nothing }, "eu-north-1")).toEqual(nobody);
});

test("an Authorization header of another kind counts as no signature", () => {
  for (const authorization of ["Bearer token", "Basic dXNlcg==", "AWS4-HMAC-SHA256 Credential=a"]) {
    expect(signedBy(authorization).service, authorization).toBe("");
  }
});

test("an access key of twelve digits is its account, any other one shares the default", () => {
  expect(accountOf("123456789012")).toBe("123456789012");
  for (const key of ["test", "", "AKIAIOSFODNN7EXAMPLE", "1234567890123", "12345678901"]) {
    expect(accountOf(key), key).toBe(DEFAULT_ACCOUNT_ID);
  }
});
