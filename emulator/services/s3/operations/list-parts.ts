import { ListParts$, type ListPartsOutput, type ListPartsRequest } from "@aws-sdk/client-s3";
import { paginate } from "../../../core/paginate.ts";
import { operation } from "../../../core/service.ts";
import type { S3Engine } from "../engine.ts";
import { LIST_PAGE } from "../limits.ts";
import { checksumMembers } from "../model/checksums.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html
export const ListParts = operation<S3Engine, ListPartsRequest, ListPartsOutput>({
  schema: ListParts$,
  handle(s3, { Bucket, Key, UploadId, PartNumberMarker, MaxParts }) {
    const upload = s3.upload(s3.bucket(Bucket), UploadId, Key);
    const limit = Math.min(MaxParts ?? LIST_PAGE, LIST_PAGE);
    const marker = Number(PartNumberMarker ?? 0);
    const sorted = [...upload.parts.values()].sort((a, b) => a.number - b.number);
    const { items, next } = paginate(sorted, { after: ({ number }) => number > marker, limit });
    return {
      Bucket,
      Key,
      UploadId,
      PartNumberMarker: String(marker),
      MaxParts: limit,
      IsTruncated: next !== undefined,
      ...(next && { NextPartNumberMarker: String(next.number) }),
      StorageClass: "STANDARD",
      ...(upload.algorithm && { ChecksumAlgorithm: upload.algorithm }),
      ...(upload.checksumType && { ChecksumType: upload.checksumType }),
      Parts: items.map(({ number, etag, modifiedAt, body, checksum }) => ({
        PartNumber: number,
        ETag: etag,
        LastModified: new Date(modifiedAt),
        Size: body.length,
        ...checksumMembers(checksum),
      })),
    };
  },
  summarize: ({ Bucket, Key }, { Parts }) => `${Bucket}/${Key} · ${Parts?.length} parts`,
});
