import { createHmac } from "node:crypto";
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { startTank } from "../../support/tank.ts";

async function startBucket() {
  const clock = new ManualClock();
  const tank = await startTank({ clock });
  const s3 = tank.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket: "wine" }));
  await s3.send(new PutObjectCommand({ Bucket: "wine", Key: "a.txt", Body: "red" }));
  const sign = (command: GetObjectCommand | PutObjectCommand, expiresIn = 60) =>
    getSignedUrl(s3, command as GetObjectCommand, {
      expiresIn,
      signingDate: new Date(clock.now()),
    });
  return { tank, clock, sign, [Symbol.asyncDispose]: () => tank.stop() };
}

/** A link as boto3 makes it by default, endpoint or not: SigV2 in the query. */
function legacyLink(
  url: string,
  { method, path, expires }: { method: string; path: string; expires: number },
): string {
  const toSign = `${method}\n\n\n${expires}\n${path}`;
  const Signature = createHmac("sha1", "test").update(toSign).digest("base64");
  const query = new URLSearchParams({ AWSAccessKeyId: "test", Signature, Expires: `${expires}` });
  return `${url}${path}?${query}`;
}

test("a presigned GET reads until it expires, and then says when that was", async () => {
  await using bucket = await startBucket();
  const link = await bucket.sign(new GetObjectCommand({ Bucket: "wine", Key: "a.txt" }));
  expect(await (await fetch(link)).text()).toBe("red");
  await bucket.clock.advance(62_000);
  const expired = await fetch(link);
  expect(expired.status).toBe(403);
  const text = await expired.text();
  expect(text).toContain("<Code>AccessDenied</Code><Message>Request has expired</Message>");
  expect(text).toContain("<X-Amz-Expires>60</X-Amz-Expires>");
});

test("a presigned PUT writes what its caller sends", async () => {
  await using bucket = await startBucket();
  const command = { Bucket: "wine", Key: "b.txt" };
  const link = await bucket.sign(new PutObjectCommand({ ...command, ContentType: "text/plain" }));
  const headers = { "content-type": "text/plain" };
  expect((await fetch(link, { method: "PUT", body: "white", headers })).status).toBe(200);
  const read = await fetch(await bucket.sign(new GetObjectCommand(command)));
  expect(read.headers.get("content-type")).toBe("text/plain");
  expect(await read.text()).toBe("white");
  await bucket.clock.advance(62_000);
  expect((await fetch(link, { method: "PUT", body: "x", headers })).status).toBe(403);
});

test("a link may say how its answer is presented", async () => {
  await using bucket = await startBucket();
  const link = await bucket.sign(
    new GetObjectCommand({
      Bucket: "wine",
      Key: "a.txt",
      ResponseContentType: "application/json",
      ResponseContentDisposition: 'attachment; filename="x.json"',
      ResponseContentLanguage: "de",
      ResponseCacheControl: "no-store",
      ResponseContentEncoding: "identity",
      ResponseExpires: new Date(Date.UTC(2030, 0, 1)),
    }),
  );
  const { headers } = await fetch(link);
  expect(Object.fromEntries(headers)).toMatchObject({
    "content-type": "application/json",
    "content-disposition": 'attachment; filename="x.json"',
    "content-language": "de",
    "cache-control": "no-store",
    "content-encoding": "identity",
    expires: "Tue, 01 Jan 2030 00:00:00 GMT",
  });
});

test("boto3's link of the older form reads and writes until it expires", async () => {
  await using bucket = await startBucket();
  const { tank, clock } = bucket;
  const expires = Math.floor(clock.now() / 1000) + 60;
  const put = legacyLink(tank.url, { method: "PUT", path: "/wine/c.txt", expires });
  expect((await fetch(put, { method: "PUT", body: "rosé" })).status).toBe(200);
  const get = legacyLink(tank.url, { method: "GET", path: "/wine/c.txt", expires });
  expect(await (await fetch(get)).text()).toBe("rosé");
  await clock.advance(62_000);
  const expired = await fetch(get);
  expect(expired.status).toBe(403);
  expect(await expired.text()).toContain("<Message>Request has expired</Message>");
});

test("a link of the older form that lacks a part is refused", async () => {
  await using bucket = await startBucket();
  const answer = await fetch(`${bucket.tank.url}/wine/a.txt?AWSAccessKeyId=test&Signature=x`);
  expect(answer.status).toBe(403);
  expect(await answer.text()).toContain(
    "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters",
  );
});

test("a link lasts a week at most", async () => {
  await using bucket = await startBucket();
  const link = await bucket.sign(new GetObjectCommand({ Bucket: "wine", Key: "a.txt" }), 604_800);
  expect((await fetch(link)).status).toBe(200);
  const longer = await fetch(link.replace("X-Amz-Expires=604800", "X-Amz-Expires=604801"));
  expect(longer.status).toBe(400);
  expect(await longer.text()).toContain("<Code>AuthorizationQueryParametersError</Code>");
});
