import { CopyObject$, type CopyObjectOutput, type CopyObjectRequest } from "@aws-sdk/client-s3";
import { operation } from "../../../core/service.ts";
import { assertReadable } from "../conditions.ts";
import { copySource } from "../copy-source.ts";
import type { S3Engine } from "../engine.ts";
import { invalidRequest } from "../errors.ts";
import { key } from "../limits.ts";
import { algorithmOf, checksumMembers, fullChecksum } from "../model/checksums.ts";
import { etagOf } from "../model/object.ts";
import { headersOf, refuseUnemulated } from "../storing.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
export const CopyObject = operation<S3Engine, CopyObjectRequest, CopyObjectOutput>({
  schema: CopyObject$,
  limits: { Key: key },
  handle(s3, input, call) {
    refuseUnemulated(input);
    const from = copySource(input.CopySource);
    const source = s3.object(from.bucket, from.key);
    assertReadable(source, {
      IfMatch: input.CopySourceIfMatch,
      IfNoneMatch: input.CopySourceIfNoneMatch,
      IfModifiedSince: input.CopySourceIfModifiedSince,
      IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
    });
    const replaces = input.MetadataDirective === "REPLACE";
    const { WebsiteRedirectLocation } = headersOf(input);
    const changes = replaces || WebsiteRedirectLocation !== undefined;
    if (from.bucket === input.Bucket && from.key === input.Key && !changes) {
      throw invalidRequest(
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
      );
    }
    const algorithm = input.ChecksumAlgorithm
      ? algorithmOf(input.ChecksumAlgorithm)
      : source.checksum.algorithm;
    const now = call.clock.now();
    const object = {
      key: input.Key,
      body: source.body,
      etag: etagOf(source.body),
      modifiedAt: now,
      // A redirect is not copied.
      headers: { ...(replaces ? headersOf(input) : source.headers), WebsiteRedirectLocation },
      checksum: fullChecksum(algorithm, source.body),
    };
    s3.put(input.Bucket, object, { event: "Copy", requestId: call.requestId });
    return {
      ServerSideEncryption: "AES256",
      CopyObjectResult: {
        ETag: object.etag,
        LastModified: new Date(now),
        ChecksumType: object.checksum.type,
        ...checksumMembers(object.checksum),
      },
    };
  },
  summarize: ({ Bucket, Key, CopySource }) => `${CopySource} → ${Bucket}/${Key}`,
});
