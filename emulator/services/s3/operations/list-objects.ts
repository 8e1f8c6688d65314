import { ListObjects$, type ListObjectsOutput, type ListObjectsRequest } from "@aws-sdk/client-s3";
import { operation } from "../../../core/service.ts";
import type { S3Engine } from "../engine.ts";
import { LIST_PAGE } from "../limits.ts";
import { encoder, listedObject } from "../listed.ts";
import { listKeys } from "../model/listing.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html
export const ListObjects = operation<S3Engine, ListObjectsRequest, ListObjectsOutput>({
  schema: ListObjects$,
  handle(s3, { Bucket, Prefix = "", Delimiter, EncodingType, Marker, MaxKeys }, call) {
    const maxKeys = Math.min(MaxKeys ?? LIST_PAGE, LIST_PAGE);
    const encode = encoder(EncodingType);
    const page = listKeys(s3.bucket(Bucket).objects(), {
      prefix: Prefix,
      delimiter: Delimiter,
      after: Marker || undefined,
      maxKeys,
    });
    const owner = { ID: call.accountId, DisplayName: "wavetank" };
    return {
      Name: Bucket,
      Prefix: encode(Prefix),
      Marker: encode(Marker ?? ""),
      ...(Delimiter !== undefined && { Delimiter: encode(Delimiter) }),
      ...(EncodingType !== undefined && { EncodingType }),
      MaxKeys: maxKeys,
      IsTruncated: page.last !== undefined,
      // Only a listing with a delimiter says where to go on; others go on after their last key.
      ...(page.last !== undefined && Delimiter !== undefined && { NextMarker: encode(page.last) }),
      Contents: page.contents.map((object) => ({ ...listedObject(object, encode), Owner: owner })),
      CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    };
  },
  summarize: ({ Bucket, Prefix = "" }, { Contents }) =>
    `${Bucket}/${Prefix} · ${Contents?.length} keys`,
});
