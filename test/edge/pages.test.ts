import { expect, test } from "vitest";
import type { WireRequest } from "../../emulator/core/wire.ts";
import { edgeOf, wireRequest } from "./in-process.ts";

const PAGE = "https://page.example";

/** An API whose answers carry these headers, and what it was asked. */
function api(headers: Record<string, string>, { preflightStatus = 200 } = {}) {
  const asked: WireRequest[] = [];
  const edge = edgeOf([], {
    intercept: ({ path }) => {
      if (!path.startsWith("/_api/")) return undefined;
      return (request) => {
        asked.push(request);
        const status = request.method === "OPTIONS" ? preflightStatus : 200;
        return { status, headers: { ...headers }, body: "answered" };
      };
    },
    local: { "GET /_wavetank/health": () => ({ status: 200, headers: {}, body: "" }) },
  });
  const ask = (parts: Partial<WireRequest> = {}) =>
    edge.handle(wireRequest({ path: "/_api/abc", ...parts }));
  return { edge, ask, asked };
}

test.each(["*", PAGE])("a page of another origin reaches an API that allows %s", async (origin) => {
  const { ask, asked } = api({ "Access-Control-Allow-Origin": origin });
  const answer = await ask({ headers: { origin: PAGE }, body: Buffer.from("1,2") });
  expect(answer).toMatchObject({ status: 200, body: "answered" });
  expect(asked.map(({ method }) => method)).toEqual(["OPTIONS", "POST"]);
  expect(asked[0]).toMatchObject({
    path: "/_api/abc",
    headers: { origin: PAGE, "access-control-request-method": "POST" },
  });
  expect(asked[0]?.body).toHaveLength(0);
  expect(asked[1]?.body.toString()).toBe("1,2");
});

test.each([
  ["says nothing of origins", {}, {}],
  ["allows another page", { "access-control-allow-origin": "https://other.example" }, {}],
  ["refuses the preflight", { "access-control-allow-origin": "*" }, { preflightStatus: 403 }],
])("a page of another origin does not run what %s", async (_, headers, options) => {
  const { ask, asked } = api(headers, options);
  expect(await ask({ headers: { origin: PAGE } })).toMatchObject({ status: 403 });
  expect(asked.map(({ method }) => method)).toEqual(["OPTIONS"]);
});

test("a browser's own preflight is asked once, and its answer told as it is", async () => {
  const { ask, asked } = api({}, { preflightStatus: 204 });
  const headers = { origin: PAGE, "access-control-request-method": "POST" };
  expect(await ask({ method: "OPTIONS", headers })).toMatchObject({ status: 204 });
  expect(asked).toHaveLength(1);
});

test("a page of this machine, and a caller that is no page, are not asked about", async () => {
  const { ask, asked } = api({});
  const callers: Record<string, string>[] = [
    { origin: "http://wine.s3-website.localhost:4566" },
    {},
  ];
  for (const headers of callers) {
    expect(await ask({ headers })).toMatchObject({ status: 200 });
  }
  expect(asked.map(({ method }) => method)).toEqual(["POST", "POST"]);
});

test("an API that lets every page in opens neither the tank's own paths nor a foreign host", async () => {
  const { edge, ask } = api({ "access-control-allow-origin": "*" });
  const health = { method: "GET", path: "/_wavetank/health" };
  const fromPage = wireRequest({ ...health, headers: { origin: PAGE } });
  expect(await edge.handle(fromPage)).toMatchObject({ status: 403 });
  expect(await edge.handle(wireRequest(health))).toMatchObject({ status: 200 });
  const rebound = { origin: PAGE, host: "page.example" };
  expect(await ask({ headers: rebound })).toMatchObject({ status: 403 });
});

test("of a page's request to an API as much is read as of any other caller's", () => {
  const { edge } = api({});
  const limit = (path: string, headers: Record<string, string>) =>
    edge.bodyLimit(wireRequest({ path, headers }));
  expect(limit("/_api/abc", { origin: PAGE })).toBe(limit("/_api/abc", {}));
  expect(limit("/", { origin: PAGE })).toBe(64 * 1024);
  expect(limit("/", {})).not.toBe(64 * 1024);
});
