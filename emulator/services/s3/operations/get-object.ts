import { GetObject$, type GetObjectOutput, type GetObjectRequest } from "@aws-sdk/client-s3";
import { operation } from "../../../core/service.ts";
import { assertReadable } from "../conditions.ts";
import type { S3Engine } from "../engine.ts";
import { checksumMembers } from "../model/checksums.ts";
import { rangeOf } from "../reading.ts";
import { describeObject, refuseUnemulated } from "../storing.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
type Output = Omit<GetObjectOutput, "Body"> & { Body: Uint8Array };

export const GetObject = operation<S3Engine, GetObjectRequest, Output>({
  schema: GetObject$,
  handle(s3, input) {
    refuseUnemulated(input);
    const object = s3.object(input.Bucket, input.Key);
    assertReadable(object, input);
    const range = rangeOf(object, input);
    // A part of an object has no checksum of its own.
    const checksum = input.ChecksumMode === "ENABLED" && !range ? object.checksum : undefined;
    return {
      ...describeObject(object, { withChecksum: checksum }),
      ...checksumMembers(checksum),
      ...(range && { ContentRange: range.header }),
      ...(input.ResponseContentType && { ContentType: input.ResponseContentType }),
      ...(input.ResponseContentDisposition && {
        ContentDisposition: input.ResponseContentDisposition,
      }),
      ...(input.ResponseCacheControl && { CacheControl: input.ResponseCacheControl }),
      ...(input.ResponseContentLanguage && { ContentLanguage: input.ResponseContentLanguage }),
      ...(input.ResponseExpires && { Expires: input.ResponseExpires }),
      ...(input.ResponseContentEncoding && { ContentEncoding: input.ResponseContentEncoding }),
      ...(object.partSizes && input.PartNumber && { PartsCount: object.partSizes.length }),
      Body: range ? object.body.subarray(range.from, range.to + 1) : object.body,
    };
  },
  summarize: ({ Bucket, Key }, { Body }) => `${Bucket}/${Key} · ${Body.byteLength} bytes`,
});
