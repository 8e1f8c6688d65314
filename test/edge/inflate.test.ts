import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { inflated } from "../../emulator/edge/inflate.ts";
import { wireRequest } from "./in-process.ts";

const SIGNED = { accessKeyId: "test", region: "us-east-1", service: "monitoring" };
const body = gzipSync("Action=PutMetricData");
const compressed = wireRequest({
  method: "POST",
  path: "/",
  headers: { "content-encoding": "gzip", "content-length": String(body.length) },
  body,
});

test("a request that its client compressed goes on as if it never had been", () => {
  const request = inflated(compressed, SIGNED);
  expect(request?.body.toString()).toBe("Action=PutMetricData");
  expect(request?.headers).toEqual({ host: "127.0.0.1", "content-length": "20" });
});

test("an object's own encoding stays as it is", () => {
  expect(inflated(compressed, { ...SIGNED, service: "s3" })).toBeUndefined();
});

test("what blows up beyond the bound is refused before it is held", () => {
  const bomb = { ...compressed, body: gzipSync(Buffer.alloc(33 * 1024 * 1024)) };
  expect(() => inflated(bomb, SIGNED)).toThrow(
    expect.objectContaining({ code: "RequestEntityTooLargeException", status: 413 }),
  );
});
