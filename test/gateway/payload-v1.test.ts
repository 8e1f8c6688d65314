import { expect, test } from "vitest";
import type { Incoming, Invocation } from "../../emulator/gateway/incoming.ts";
import { eventV1 } from "../../emulator/gateway/payload-v1.ts";

const incoming: Incoming = {
  method: "GET",
  path: "/wine",
  search: "",
  query: [],
  headers: [
    ["host", "127.0.0.1:4566"],
    ["X-Forwarded-For", "10.0.0.7"],
    ["accept", "text/csv"],
    ["accept", "text/plain"],
    ["__proto__", "first"],
    ["__proto__", "kept"],
    ["constructor", "kept as well"],
  ],
  body: Buffer.alloc(0),
  sourceIp: "127.0.0.1",
  protocol: "HTTP/1.1",
};
const matched = {
  resourceId: "r",
  resource: "/wine",
  pathParameters: {},
  deploymentId: "d",
  isBinary: false,
};
const invocation: Invocation = {
  requestId: "i",
  extendedRequestId: "e",
  traceId: "Root=1-0-0",
  at: 0,
  accountId: "000000000000",
  region: "us-east-1",
  id: "api",
  stage: "dev",
  stageVariables: {},
  domainName: "api.execute-api.us-east-1.amazonaws.com",
};

test("headers come through whatever they are called: the last of each name, and all of it", () => {
  const { headers, multiValueHeaders } = JSON.parse(
    JSON.stringify(eventV1(incoming, matched, invocation)),
  );
  expect(Object.entries(headers)).toEqual([
    ["host", "127.0.0.1:4566"],
    ["accept", "text/plain"],
    ["__proto__", "kept"],
    ["constructor", "kept as well"],
    ["X-Amzn-Trace-Id", "Root=1-0-0"],
    ["X-Forwarded-For", "10.0.0.7, 127.0.0.1"],
    ["X-Forwarded-Port", "4566"],
    ["X-Forwarded-Proto", "http"],
  ]);
  expect(Object.entries(multiValueHeaders)).toContainEqual(["accept", ["text/csv", "text/plain"]]);
  expect(Object.entries(multiValueHeaders)).toContainEqual(["__proto__", ["first", "kept"]]);
});
