import {
  ListObjectsV2$,
  type ListObjectsV2Output,
  type ListObjectsV2Request,
} from "@aws-sdk/client-s3";
import { decodeToken, encodeToken } from "../../../core/paginate.ts";
import { operation } from "../../../core/service.ts";
import type { S3Engine } from "../engine.ts";
import { invalidArgument } from "../errors.ts";
import { LIST_PAGE } from "../limits.ts";
import { encoder, listedObject } from "../listed.ts";
import { listKeys } from "../model/listing.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
export const ListObjectsV2 = operation<S3Engine, ListObjectsV2Request, ListObjectsV2Output>({
  schema: ListObjectsV2$,
  handle(s3, input, call) {
    const { Bucket, Prefix = "", Delimiter, EncodingType, ContinuationToken, StartAfter } = input;
    const maxKeys = Math.min(input.MaxKeys ?? LIST_PAGE, LIST_PAGE);
    const encode = encoder(EncodingType);
    const page = listKeys(s3.bucket(Bucket).objects(), {
      prefix: Prefix,
      delimiter: Delimiter,
      after: ContinuationToken === undefined ? StartAfter : placeOf(ContinuationToken),
      maxKeys,
    });
    return {
      Name: Bucket,
      Prefix: encode(Prefix),
      ...(Delimiter !== undefined && { Delimiter: encode(Delimiter) }),
      ...(StartAfter !== undefined && { StartAfter: encode(StartAfter) }),
      ...(ContinuationToken !== undefined && { ContinuationToken }),
      ...(EncodingType !== undefined && { EncodingType }),
      MaxKeys: maxKeys,
      KeyCount: page.contents.length + page.commonPrefixes.length,
      IsTruncated: page.last !== undefined,
      ...(page.last !== undefined && { NextContinuationToken: encodeToken(page.last) }),
      Contents: page.contents.map((object) => ({
        ...listedObject(object, encode),
        ...(input.FetchOwner && { Owner: { ID: call.accountId, DisplayName: "wavetank" } }),
      })),
      CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    };
  },
  summarize: ({ Bucket, Prefix = "" }, { KeyCount }) => `${Bucket}/${Prefix} · ${KeyCount} keys`,
});

function placeOf(token: string): string {
  const place = decodeToken(token);
  if (typeof place === "string") return place;
  throw invalidArgument(
    "The continuation token provided is incorrect",
    "continuation-token",
    token,
  );
}
