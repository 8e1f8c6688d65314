import { expect, test } from "vitest";
import { addressOf, localUrls } from "../../emulator/gateway/address.ts";
import { wireRequest } from "../edge/in-process.ts";

test.each([
  ["/_api/abc/dev/x", "127.0.0.1", { door: "api", id: "abc", path: "/dev/x" }],
  ["/_api/abc", "127.0.0.1", { door: "api", id: "abc", path: "/" }],
  ["/_url/score/", "127.0.0.1", { door: "url", id: "score", path: "/" }],
  [
    "/dev/x",
    "abc.execute-api.us-east-1.localhost:4566",
    { door: "api", id: "abc", path: "/dev/x" },
  ],
  ["/x", "abc.lambda-url.us-east-1.localhost", { door: "url", id: "abc", path: "/x" }],
  ["/bucket/_api/x", "127.0.0.1:4566", undefined],
  ["/x", "bucket.localhost:4566", undefined],
  ["/_api/key", "bucket.localhost:4566", undefined],
])("%s at %s", (path, host, address) => {
  expect(addressOf(wireRequest({ path, headers: { host } }))).toEqual(address);
});

test("AWS's addresses of APIs and function URLs become the tank's own", () => {
  const url = "http://127.0.0.1:4566";
  expect(localUrls("https://abc.execute-api.eu-west-1.amazonaws.com/Prod/x", url)).toBe(
    `${url}/_api/abc/Prod/x`,
  );
  expect(localUrls("https://abc.lambda-url.eu-west-1.on.aws/", url)).toBe(`${url}/_url/abc/`);
  expect(localUrls("https://example.com/", url)).toBe("https://example.com/");
});

test("a website's address becomes one with a host of its own", () => {
  const url = "http://127.0.0.1:4566";
  const local = "http://wine-site.s3-website.localhost:4566/a";
  for (const host of ["s3-website-us-east-1", "s3-website.eu-central-1"]) {
    expect(localUrls(`http://wine-site.${host}.amazonaws.com/a`, url)).toBe(local);
  }
});
