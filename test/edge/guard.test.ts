import { expect, test } from "vitest";
import { AwsError } from "../../emulator/core/errors.ts";
import { guard } from "../../emulator/edge/guard.ts";

function admits(headers: Record<string, string>, allowedHosts: readonly string[] = []): boolean {
  try {
    guard({ headers }, new Set(allowedHosts));
    return true;
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(AwsError);
    expect(thrown).toMatchObject({ code: "AccessDeniedException", status: 403 });
    return false;
  }
}

test("loopback names are served, with any port or none", () => {
  for (const host of ["127.0.0.1", "127.0.0.1:4566", "localhost:4566", "LocalHost", "[::1]:4566"]) {
    expect(admits({ host }), host).toBe(true);
  }
});

test("names below localhost are served: buckets stand before the host", () => {
  expect(admits({ host: "bucket.localhost:4566" })).toBe(true);
  expect(admits({ host: "models.s3.localhost" })).toBe(true);
});

test("a foreign host is refused: a name that was rebound to 127.0.0.1 is one", () => {
  for (const host of [
    "evil.example",
    "evil.example:4566",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "notlocalhost",
    "[::2]:4566",
    "10.0.0.7:4566",
    "",
  ]) {
    expect(admits({ host }), host).toBe(false);
  }
});

test("a request without a host is refused", () => {
  expect(admits({})).toBe(false);
});

test("HTTP/2 names the host in :authority", () => {
  expect(admits({ ":authority": "127.0.0.1:4566" })).toBe(true);
  expect(admits({ ":authority": "evil.example" })).toBe(false);
});

test("a page of another origin is refused, whatever host it asks for", () => {
  const host = "127.0.0.1:4566";
  for (const origin of [
    "https://evil.example",
    "http://evil.example:4566",
    "http://localhost.evil.example",
    "http://localhost@evil.example",
    "chrome-extension://abcdef",
    "",
  ]) {
    expect(admits({ host, origin }), origin).toBe(false);
  }
});

test("a sandboxed page, which calls its origin null, is refused", () => {
  expect(admits({ host: "127.0.0.1", origin: "null" })).toBe(false);
});

test("a page that the laptop itself serves may ask", () => {
  for (const origin of ["http://localhost:4567", "http://127.0.0.1:3000", "http://[::1]:8080"]) {
    expect(admits({ host: "127.0.0.1:4566", origin }), origin).toBe(true);
  }
});

test("a host that the user allowed is served, as host and as origin", () => {
  const allowed = ["tank.internal"];
  expect(admits({ host: "tank.internal:4566" }, allowed)).toBe(true);
  expect(admits({ host: "127.0.0.1", origin: "http://tank.internal:80" }, allowed)).toBe(true);
  expect(admits({ host: "other.internal" }, allowed)).toBe(false);
  expect(admits({ host: "evil.tank.internal" }, allowed)).toBe(false);
});

test("the refusal says which name it was and how to allow it", () => {
  expect(() => guard({ headers: { host: "tank.internal:4566" } }, new Set())).toThrow(
    'Host "tank.internal" is not served here. Use 127.0.0.1 or localhost, or start with --allow-host tank.internal.',
  );
});
