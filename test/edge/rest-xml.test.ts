import * as model from "@aws-sdk/client-s3";
import {
  GetObject$,
  GetObjectCommand,
  ListObjectsV2$,
  NoSuchKey,
  PutObject$,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { NormalizedSchema } from "@smithy/core/schema";
import type { MetadataBearer } from "@smithy/types";
import fc from "fast-check";
import { expect, test } from "vitest";
import { AwsError } from "../../emulator/core/errors.ts";
import type { Operation } from "../../emulator/core/service.ts";
import { clientConfig, edgeOf, recording, service, wireRequest } from "./in-process.ts";
import { documentOperations, plain, shape } from "./shapes.ts";

// biome-ignore lint/suspicious/noExplicitAny: one operation of any input and output
type AnyOperation = Operation<any, any, any>;

/** An edge whose every path leads to one operation, with bucket and key as the path has them. */
function edgeFor(operation: AnyOperation) {
  const name = String((operation.schema as readonly unknown[])[2]);
  return edgeOf(
    service({
      target: "s3",
      protocol: "rest-xml",
      model: async () => model,
      operations: { [name]: operation },
      route({ path }) {
        const [, Bucket, ...key] = path.split("/").map(decodeURIComponent);
        return { operation: name, labels: { Bucket, Key: key.join("/") || undefined } };
      },
    }),
  );
}

const clientFor = (operation: AnyOperation) => new S3Client(clientConfig(edgeFor(operation)));

/** Text with everything that XML must escape; whitespace at its ends is not significant there. */
const text = fc
  .string({ unit: fc.constantFrom(..."abc<>&\"' é🌊/=]"), maxLength: 12 })
  .map((inner) => `a${inner}z`);

const names = new Set([
  "ListObjectsV2",
  "ListObjectVersions",
  "ListBuckets",
  "ListParts",
  "DeleteObjects",
  "CopyObject",
  "CompleteMultipartUpload",
  "GetBucketTagging",
  "PutBucketTagging",
  "PutBucketCors",
  "PutBucketVersioning",
]);

for (const { name, schema, Command } of documentOperations(model)) {
  if (!names.has(name)) continue;

  test(`${name} arrives as AWS's own client sent it, and its answer as it was given`, async () => {
    const payload = [...NormalizedSchema.of(schema[4]).structIterator()].find(
      ([, member]) => member.getMergedTraits().httpPayload,
    );
    const named = { Bucket: "tide-tables", Key: "a key/with é&", UploadId: "u", CopySource: "b/k" };
    const given = payload
      ? shape(payload[1].getSchema() as never, { text }).map((value) => ({ [payload[0]]: value }))
      : fc.constant({});
    await fc.assert(
      fc.asyncProperty(given, shape(schema[5], { text }), async (document, output) => {
        const { inputs, operation } = recording(schema, () => output);
        const client = clientFor(operation as AnyOperation);
        const { $metadata, ...members } = (await client.send(
          new Command({ ...named, ...document }),
        )) as MetadataBearer;
        expect(plain(inputs[0])).toMatchObject(plain(document) as object);
        expect(plain(members)).toEqual(plain(output));
        expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
      }),
      { numRuns: 15 },
    );
  });
}

test("an object's bytes, headers and metadata arrive as they were sent", async () => {
  const { inputs, operation } = recording(PutObject$, () => ({ ETag: '"abc"' }));
  const answer = await clientFor(operation).send(
    new PutObjectCommand({
      Bucket: "tide-tables",
      Key: "2026/january é.csv",
      Body: Buffer.from([0, 1, 254, 255]),
      ContentType: "text/csv",
      Expires: new Date("2026-01-02T03:04:05Z"),
      Metadata: { station: "dover", unit: "m" },
    }),
  );
  expect(answer.ETag).toBe('"abc"');
  expect(plain(inputs[0])).toMatchObject({
    Bucket: "tide-tables",
    Key: "2026/january é.csv",
    Body: "bytes:0001feff",
    ContentType: "text/csv",
    Expires: "date:2026-01-02T03:04:05.000Z",
    Metadata: { station: "dover", unit: "m" },
  });
});

test("an object is answered as bytes, with its headers and metadata", async () => {
  const { operation } = recording(GetObject$, () => ({
    Body: Buffer.from("high water") as never,
    ContentType: "text/plain",
    ETag: '"abc"',
    LastModified: new Date("2026-01-02T03:04:05Z"),
    Metadata: { station: "dover" },
  }));
  const answer = await clientFor(operation).send(new GetObjectCommand({ Bucket: "b", Key: "k" }));
  expect(await answer.Body?.transformToString()).toBe("high water");
  expect(answer).toMatchObject({
    ContentType: "text/plain",
    ETag: '"abc"',
    LastModified: new Date("2026-01-02T03:04:05Z"),
    Metadata: { station: "dover" },
  });
});

test("a document names S3's namespace and begins with a declaration", async () => {
  const { operation } = recording(ListObjectsV2$, () => ({ Name: "a&b", KeyCount: 0 }));
  const { body, headers } = await edgeFor(operation).handle(
    wireRequest({ method: "GET", path: "/b", body: Buffer.alloc(0) }),
  );
  expect(headers["content-type"]).toBe("application/xml");
  expect(body).toMatch(
    /^<\?xml version="1.0" encoding="UTF-8"\?>\n<ListBucketResult xmlns="http:\/\/s3.amazonaws.com\/doc\/2006-03-01\/">/,
  );
  expect(body).toContain("<Name>a&amp;b</Name>");
});

test("a body that is no XML is answered as malformed", async () => {
  const { inputs, operation } = recording(model.DeleteObjects$, () => ({}));
  for (const body of ["hello", "<Delete><Object>", "<Delete></Object></Delete>"]) {
    const answer = await edgeFor(operation).handle(
      wireRequest({ path: "/b", body: Buffer.from(body) }),
    );
    expect(answer.status, body).toBe(400);
    expect(String(answer.body), body).toContain("<Code>MalformedXML</Code>");
  }
  expect(inputs).toEqual([]);
});

test("errors reach the client as instances of AWS's types, with status and request id", async () => {
  const { operation } = recording(GetObject$, () => {
    throw new AwsError("NoSuchKey", "The specified key does not exist: <a&b>", {
      status: 404,
      members: { Key: "a&b" },
    });
  });
  const error = await clientFor(operation)
    .send(new GetObjectCommand({ Bucket: "b", Key: "a&b" }))
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(NoSuchKey);
  expect(error).toMatchObject({
    name: "NoSuchKey",
    message: "The specified key does not exist: <a&b>",
    Key: "a&b",
    $metadata: { httpStatusCode: 404, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  });
});

test("a request that is signed for another service is none of S3's", async () => {
  const { operation } = recording(ListObjectsV2$, () => ({}));
  const signedFor = (name: string) =>
    edgeFor(operation).handle(
      wireRequest({
        method: "GET",
        path: "/bucket",
        body: Buffer.alloc(0),
        headers: {
          authorization: `AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/${name}/aws4_request, Signature=b`,
        },
      }),
    );
  expect((await signedFor("s3")).status).toBe(200);
  expect((await signedFor("lambda")).status).toBe(400);
});
