import { UploadPart$, type UploadPartOutput, type UploadPartRequest } from "@aws-sdk/client-s3";
import { operation } from "../../../core/service.ts";
import type { S3Engine } from "../engine.ts";
import { checksumTypeDiffers } from "../errors.ts";
import { body, partNumber } from "../limits.ts";
import { checksumMembers, fullChecksum, verifiedChecksum } from "../model/checksums.ts";
import { etagOf } from "../model/object.ts";
import { refuseUnemulated, verifyMd5 } from "../storing.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html
type Input = Omit<UploadPartRequest, "Body"> & { Body?: Uint8Array };

export const UploadPart = operation<S3Engine, Input, UploadPartOutput>({
  schema: UploadPart$,
  limits: { PartNumber: partNumber, Body: body },
  handle(s3, input, call) {
    refuseUnemulated(input);
    const { Bucket, Key, UploadId, PartNumber, Body = new Uint8Array() } = input;
    const upload = s3.upload(s3.bucket(Bucket), UploadId, Key);
    verifyMd5(input.ContentMD5, Body);
    const given = verifiedChecksum(input, Body);
    if (given && upload.algorithm && given.algorithm !== upload.algorithm) {
      const [expected, actual] = [upload.algorithm.toLowerCase(), given.algorithm.toLowerCase()];
      throw checksumTypeDiffers(expected, actual);
    }
    const checksum = given ?? (upload.algorithm && fullChecksum(upload.algorithm, Body));
    const etag = etagOf(Body);
    upload.parts.set(PartNumber, {
      number: PartNumber,
      body: Body,
      etag,
      modifiedAt: call.clock.now(),
      checksum,
    });
    return { ETag: etag, ServerSideEncryption: "AES256", ...checksumMembers(checksum) };
  },
  summarize: ({ Bucket, Key, PartNumber, Body }) =>
    `${Bucket}/${Key} · part ${PartNumber} · ${Body?.byteLength ?? 0} bytes`,
});
