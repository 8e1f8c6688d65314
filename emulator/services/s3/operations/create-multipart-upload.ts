import { randomUUID } from "node:crypto";
import {
  CreateMultipartUpload$,
  type CreateMultipartUploadOutput,
  type CreateMultipartUploadRequest,
} from "@aws-sdk/client-s3";
import { operation } from "../../../core/service.ts";
import type { S3Engine } from "../engine.ts";
import { invalidRequest } from "../errors.ts";
import { key } from "../limits.ts";
import { type Algorithm, algorithmOf } from "../model/checksums.ts";
import { headersOf, refuseUnemulated } from "../storing.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html
export const CreateMultipartUpload = operation<
  S3Engine,
  CreateMultipartUploadRequest,
  CreateMultipartUploadOutput
>({
  schema: CreateMultipartUpload$,
  limits: { Key: key },
  handle(s3, input, call) {
    refuseUnemulated(input);
    const { Bucket, Key } = input;
    const algorithm = input.ChecksumAlgorithm ? algorithmOf(input.ChecksumAlgorithm) : undefined;
    const checksumType = typeFor(algorithm, input.ChecksumType);
    const id = randomUUID().replaceAll("-", "");
    s3.bucket(Bucket).uploads.set(id, {
      id,
      key: Key,
      startedAt: call.clock.now(),
      headers: headersOf(input),
      algorithm,
      checksumType,
      parts: new Map(),
    });
    return {
      Bucket,
      Key,
      UploadId: id,
      ServerSideEncryption: "AES256",
      ...(algorithm && { ChecksumAlgorithm: algorithm }),
      ...(checksumType && { ChecksumType: checksumType }),
    };
  },
  summarize: ({ Bucket, Key }) => `${Bucket}/${Key}`,
});

/** Which type of checksum goes with which algorithm. */
function typeFor(algorithm: Algorithm | undefined, asked: string | undefined) {
  if (algorithm === undefined) return undefined;
  const type = asked ?? (algorithm === "CRC64NVME" ? "FULL_OBJECT" : "COMPOSITE");
  const isAllowed = type === "COMPOSITE" ? algorithm !== "CRC64NVME" : !algorithm.startsWith("SHA");
  if (!isAllowed) {
    throw invalidRequest(
      `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    );
  }
  return type as "COMPOSITE" | "FULL_OBJECT";
}
