import {
  type CORSRule,
  CreateBucketCommand,
  DeleteBucketCorsCommand,
  GetBucketCorsCommand,
  PutBucketCorsCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { startTank } from "../../support/tank.ts";
import { ask } from "./support/ask.ts";

const PAGE = "https://wine.example";
const RULE: CORSRule = {
  AllowedOrigins: [PAGE],
  AllowedMethods: ["GET", "PUT"],
  AllowedHeaders: ["content-type", "x-amz-*"],
  ExposeHeaders: ["ETag"],
  MaxAgeSeconds: 600,
};

async function startBucket(...rules: CORSRule[]) {
  const tank = await startTank();
  const s3 = tank.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket: "wine" }));
  await s3.send(new PutObjectCommand({ Bucket: "wine", Key: "a.json", Body: "{}" }));
  if (rules.length > 0) await configure(s3, rules);
  const send = (method: string, path: string, headers: Record<string, string>, body?: string) =>
    ask(tank, path, { method, headers, ...(body !== undefined && { body }) });
  return { tank, s3, send, [Symbol.asyncDispose]: () => tank.stop() };
}

const configure = (s3: S3Client, CORSRules: CORSRule[]) =>
  s3.send(new PutBucketCorsCommand({ Bucket: "wine", CORSConfiguration: { CORSRules } }));

const asking = (method: string, headers = "", origin = PAGE) => ({
  origin,
  "access-control-request-method": method,
  ...(headers && { "access-control-request-headers": headers }),
});

describe("configuration", () => {
  test("rules are kept, shown and taken away", async () => {
    await using bucket = await startBucket(RULE);
    const shown = await bucket.s3.send(new GetBucketCorsCommand({ Bucket: "wine" }));
    expect(shown.CORSRules).toEqual([RULE]);
    await bucket.s3.send(new DeleteBucketCorsCommand({ Bucket: "wine" }));
    await expect(
      bucket.s3.send(new GetBucketCorsCommand({ Bucket: "wine" })),
    ).rejects.toMatchObject({ name: "NoSuchCORSConfiguration" });
  });

  test.each<[string, Partial<CORSRule>, string]>([
    ["a method that S3 has not", { AllowedMethods: ["PATCH"] }, "InvalidRequest"],
    ["two wildcards in an origin", { AllowedOrigins: ["https://*.a.*"] }, "InvalidRequest"],
    ["two wildcards in a header", { AllowedHeaders: ["*-*"] }, "InvalidRequest"],
  ])("%s is refused", async (_what, change, name) => {
    await using bucket = await startBucket();
    await expect(configure(bucket.s3, [{ ...RULE, ...change }])).rejects.toMatchObject({ name });
  });
});

describe("preflights", () => {
  test("a rule answers what a page of its origin may do", async () => {
    await using bucket = await startBucket(RULE);
    const { status, headers } = await bucket.send(
      "OPTIONS",
      "/wine/a.json",
      asking("PUT", "Content-Type, x-amz-meta-a"),
    );
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "access-control-allow-origin": PAGE,
      "access-control-allow-methods": "GET, PUT",
      "access-control-allow-headers": "content-type, x-amz-meta-a",
      "access-control-expose-headers": "ETag",
      "access-control-max-age": "600",
      "access-control-allow-credentials": "true",
      vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
    });
  });

  test.each([
    ["another origin", asking("GET", "", "https://evil.example")],
    ["another method", asking("DELETE")],
    ["another header", asking("PUT", "authorization")],
  ])("%s is not allowed", async (_what, headers) => {
    await using bucket = await startBucket(RULE);
    const { status, text, headers: answered } = await bucket.send("OPTIONS", "/wine/a", headers);
    expect(status).toBe(403);
    expect(text).toContain("<Code>AccessForbidden</Code>");
    expect(text).toContain("CORSResponse: This CORS request is not allowed.");
    expect(answered["access-control-allow-origin"]).toBeUndefined();
  });

  test("a bucket without rules says so", async () => {
    await using bucket = await startBucket();
    const { status, text } = await bucket.send("OPTIONS", "/wine/a", asking("GET"));
    expect(status).toBe(403);
    expect(text).toContain("CORSResponse: CORS is not enabled for this bucket.");
  });

  test("a wildcard stands for any text in an origin", async () => {
    await using bucket = await startBucket({ ...RULE, AllowedOrigins: ["https://*.example"] });
    const { headers } = await bucket.send("OPTIONS", "/wine/a", asking("GET"));
    expect(headers["access-control-allow-origin"]).toBe(PAGE);
  });
});

describe("requests", () => {
  test("an allowed page reads and writes objects, and may see the answers", async () => {
    await using bucket = await startBucket(RULE);
    const read = await bucket.send("GET", "/wine/a.json", { origin: PAGE });
    expect(read).toMatchObject({ status: 200, text: "{}" });
    expect(read.headers["access-control-allow-origin"]).toBe(PAGE);
    const written = await bucket.send("PUT", "/wine/b.json", { origin: PAGE }, "x".repeat(100_000));
    expect(written.status).toBe(200);
    const missing = await bucket.send("GET", "/wine/c.json", { origin: PAGE });
    expect(missing.status).toBe(404);
    expect(missing.headers["access-control-allow-origin"]).toBe(PAGE);
  });

  test("a page of this machine is answered without the headers when no rule names it", async () => {
    await using bucket = await startBucket(RULE);
    const { status, headers } = await bucket.send("GET", "/wine/a.json", {
      origin: "http://localhost:3000",
    });
    expect(status).toBe(200);
    expect(headers["access-control-allow-origin"]).toBeUndefined();
  });

  test("a rule for every origin lets foreign pages read, and write nothing", async () => {
    await using bucket = await startBucket({ ...RULE, AllowedOrigins: ["*"] });
    const read = await bucket.send("GET", "/wine/a.json", { origin: PAGE });
    expect(read.headers["access-control-allow-origin"]).toBe("*");
    const preflight = await bucket.send("OPTIONS", "/wine/a.json", asking("PUT"));
    expect(preflight.status).toBe(403);
    const written = await bucket.send("PUT", "/wine/a.json", { origin: PAGE }, "planted");
    expect(written.status).toBe(403);
    const local = { origin: "http://localhost:3000" };
    expect((await bucket.send("PUT", "/wine/a.json", local, "{}")).status).toBe(200);
  });

  test.each([
    ["GET", "/"],
    ["GET", "/wine"],
    ["PUT", "/other"],
    ["PUT", "/wine?website"],
    ["PUT", "/wine?cors"],
    ["POST", "/wine?delete"],
    ["GET", "/2015-03-31/functions"],
    ["GET", "/_wavetank/status"],
    ["GET", "/_website/wine/a.json"],
  ])("%s %s stays closed to an allowed page", async (method, path) => {
    await using bucket = await startBucket({ ...RULE, AllowedMethods: ["GET", "PUT", "POST"] });
    expect((await bucket.send(method, path, { origin: PAGE })).status).toBe(403);
  });

  test("a copy stays closed to an allowed page, since it reads other buckets", async () => {
    await using bucket = await startBucket(RULE);
    const headers = { origin: PAGE, "x-amz-copy-source": "/secret/key" };
    expect((await bucket.send("PUT", "/wine/b", headers)).status).toBe(403);
  });

  test("other services stay closed to an allowed page", async () => {
    await using bucket = await startBucket(RULE);
    const headers = { origin: PAGE, "x-amz-target": "Kinesis_20131202.ListStreams" };
    expect((await bucket.send("POST", "/wine/a.json", headers, "{}")).status).toBe(403);
  });

  test("no rule lets a rebound name in", async () => {
    await using bucket = await startBucket({ ...RULE, AllowedOrigins: ["*", PAGE] });
    const headers = { origin: PAGE, host: "wine.example" };
    expect((await bucket.send("GET", "/wine/a.json", headers)).status).toBe(403);
    expect((await bucket.send("OPTIONS", "/wine/a", { ...asking("GET"), ...headers })).status).toBe(
      403,
    );
  });
});
