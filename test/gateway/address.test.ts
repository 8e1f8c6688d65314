import { expect, test } from "vitest";
import { addressOf, localUrls } from "../../emulator/gateway/address.ts";
import { edgeOf, wireRequest } from "../edge/in-process.ts";

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

test("a foreign page reaches no API", async () => {
  let asked = 0;
  const edge = edgeOf([], {
    intercept: () => () => {
      asked += 1;
      return { status: 200, headers: {}, body: "" };
    },
  });
  const headers = { origin: "https://example.com" };
  expect(await edge.handle(wireRequest({ path: "/_api/abc", headers }))).toMatchObject({
    status: 403,
  });
  expect(asked).toBe(0);
});
