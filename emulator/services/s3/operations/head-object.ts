import { HeadObject$, type HeadObjectOutput, type HeadObjectRequest } from "@aws-sdk/client-s3";
import { operation } from "../../../core/service.ts";
import { assertReadable } from "../conditions.ts";
import type { S3Engine } from "../engine.ts";
import { notFound } from "../errors.ts";
import { checksumMembers } from "../model/checksums.ts";
import { rangeOf } from "../reading.ts";
import { describeObject, refuseUnemulated } from "../storing.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
export const HeadObject = operation<S3Engine, HeadObjectRequest, HeadObjectOutput>({
  schema: HeadObject$,
  handle(s3, input) {
    refuseUnemulated(input);
    const object = s3.bucket(input.Bucket).get(input.Key);
    if (!object) throw notFound();
    assertReadable(object, input);
    const range = rangeOf(object, input);
    const checksum = input.ChecksumMode === "ENABLED" && !range ? object.checksum : undefined;
    return {
      ...describeObject(object, { withChecksum: checksum }),
      ...checksumMembers(checksum),
      ContentLength: range ? range.to - range.from + 1 : object.body.length,
      ...(range && { ContentRange: range.header }),
      ...(object.partSizes && input.PartNumber && { PartsCount: object.partSizes.length }),
    };
  },
  summarize: ({ Bucket, Key }) => `${Bucket}/${Key}`,
});
