import { request } from "node:http";
import { expect, test } from "vitest";
import { routeS3 } from "../../../emulator/services/s3/route.ts";
import { startTank } from "../../support/tank.ts";

const at = (method: string, target: string, headers: Record<string, string> = {}) => {
  const [path = "", query = ""] = target.split("?");
  return routeS3({
    method,
    path,
    query: new URLSearchParams(query),
    headers: { host: "127.0.0.1:4566", ...headers },
  });
};

test.each([
  ["GET", "/", "ListBuckets"],
  ["PUT", "/b/", "CreateBucket"],
  ["GET", "/b?list-type=2&prefix=a", "ListObjectsV2"],
  ["GET", "/b?prefix=a", "ListObjects"],
  ["GET", "/b?uploads=", "ListMultipartUploads"],
  ["GET", "/b?location", "GetBucketLocation"],
  ["POST", "/b?delete=", "DeleteObjects"],
  ["GET", "/b?policy", "GetBucketPolicy"],
  ["PUT", "/b?notification", "PutBucketNotificationConfiguration"],
  ["PUT", "/b/k?x-id=PutObject", "PutObject"],
  ["PUT", "/b/k?partNumber=1&uploadId=u", "UploadPart"],
  ["POST", "/b/k?uploads=", "CreateMultipartUpload"],
  ["POST", "/b/k?uploadId=u", "CompleteMultipartUpload"],
  ["DELETE", "/b/k?uploadId=u", "AbortMultipartUpload"],
  ["GET", "/b/k?uploadId=u", "ListParts"],
  ["GET", "/b/k?tagging", "GetObjectTagging"],
])("%s %s is %s", (method, target, operation) => {
  expect(at(method, target)?.operation).toBe(operation);
});

test("a copy is told by its header", () => {
  const headers = { "x-amz-copy-source": "b/k" };
  expect(at("PUT", "/b/k2", headers)?.operation).toBe("CopyObject");
  expect(at("PUT", "/b/k2?partNumber=1&uploadId=u", headers)?.operation).toBe("UploadPartCopy");
});

test.each([
  ["/b/a%20b%2Bc/d", "127.0.0.1:4566", { Bucket: "b", Key: "a b+c/d" }],
  ["/a%20b", "b.localhost:4566", { Bucket: "b", Key: "a b" }],
  ["/a", "b.s3.localhost:4566", { Bucket: "b", Key: "a" }],
  ["/b/k", "s3.localhost:4566", { Bucket: "b", Key: "k" }],
])("%s at %s is %o", (path, host, labels) => {
  expect(at("GET", path, { host })?.labels).toEqual(labels);
});

async function put(url: string, headers: Record<string, string>, body: string) {
  return new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const outgoing = request(url, { method: "PUT", headers }, (answer) => {
      let text = "";
      answer.on("data", (chunk) => {
        text += chunk;
      });
      answer.on("end", () => resolve({ status: answer.statusCode, text }));
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

test("a signed chunked upload is stored without its framing", async () => {
  await using tank = await startTank();
  await put(`${tank.url}/bucket`, {}, "");
  const signature = `chunk-signature=${"0".repeat(64)}`;
  const body = `5;${signature}\r\nhello\r\n6;${signature}\r\n world\r\n0;${signature}\r\n\r\n`;
  const headers = {
    "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
    "x-amz-decoded-content-length": "11",
    "content-encoding": "aws-chunked,gzip",
  };
  expect(await put(`${tank.url}/bucket/key`, headers, body)).toMatchObject({ status: 200 });
  const got = await tank.edge.handle({
    method: "GET",
    path: "/bucket/key",
    query: new URLSearchParams(),
    headers: { host: "localhost" },
    body: Buffer.alloc(0),
    signal: () => new AbortController().signal,
  });
  expect(Buffer.from(got.body as Uint8Array).toString()).toBe("hello world");
  expect(got.headers["content-encoding"]).toBe("gzip");
});

test("framing that ends too soon is refused, and nothing is stored", async () => {
  await using tank = await startTank();
  await put(`${tank.url}/bucket`, {}, "");
  const headers = { "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER" };
  const answer = await put(`${tank.url}/bucket/key`, headers, "5\r\nhel");
  expect(answer).toMatchObject({ status: 400, text: expect.stringContaining("IncompleteBody") });
  expect((await fetch(`${tank.url}/bucket/key`)).status).toBe(404);
});

test("a presigned link that has expired is refused", async () => {
  await using tank = await startTank();
  await put(`${tank.url}/bucket`, {}, "");
  await put(`${tank.url}/bucket/key`, {}, "hello");
  const link = (date: string) =>
    `${tank.url}/bucket/key?X-Amz-Credential=a%2F20260101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=${date}&X-Amz-Expires=60`;
  const expired = await fetch(link("20200101T000000Z"));
  expect(expired.status).toBe(403);
  expect(await expired.text()).toContain("<Message>Request has expired</Message>");
  expect(await (await fetch(link("29990101T000000Z"))).text()).toBe("hello");
});
