import {
  ListMultipartUploads$,
  type ListMultipartUploadsOutput,
  type ListMultipartUploadsRequest,
} from "@aws-sdk/client-s3";
import { operation } from "../../../core/service.ts";
import type { S3Engine } from "../engine.ts";
import { parameterNotEmulated } from "../errors.ts";
import { LIST_PAGE } from "../limits.ts";
import { encoder } from "../listed.ts";
import { compareKeys } from "../model/listing.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html
export const ListMultipartUploads = operation<
  S3Engine,
  ListMultipartUploadsRequest,
  ListMultipartUploadsOutput
>({
  schema: ListMultipartUploads$,
  handle(s3, { Bucket, Prefix = "", Delimiter, KeyMarker = "", MaxUploads, EncodingType }) {
    if (Delimiter !== undefined) throw parameterNotEmulated("Delimiter of ListMultipartUploads");
    const limit = Math.min(MaxUploads ?? LIST_PAGE, LIST_PAGE);
    const encode = encoder(EncodingType);
    const matching = [...s3.bucket(Bucket).uploads.values()]
      .filter(({ key }) => key.startsWith(Prefix) && compareKeys(key, KeyMarker) > 0)
      .sort((a, b) => compareKeys(a.key, b.key) || a.startedAt - b.startedAt);
    const page = matching.slice(0, limit);
    const last = page.at(-1);
    const isTruncated = matching.length > limit;
    return {
      Bucket,
      Prefix: encode(Prefix),
      KeyMarker: encode(KeyMarker),
      MaxUploads: limit,
      IsTruncated: isTruncated,
      ...(EncodingType && { EncodingType }),
      ...(isTruncated && last && { NextKeyMarker: encode(last.key), NextUploadIdMarker: last.id }),
      Uploads: page.map(({ id, key, startedAt, algorithm, checksumType }) => ({
        UploadId: id,
        Key: encode(key),
        Initiated: new Date(startedAt),
        StorageClass: "STANDARD" as const,
        ...(algorithm && { ChecksumAlgorithm: algorithm }),
        ...(checksumType && { ChecksumType: checksumType }),
      })),
    };
  },
  summarize: ({ Bucket }, { Uploads }) => `${Bucket} · ${Uploads?.length} uploads`,
});
