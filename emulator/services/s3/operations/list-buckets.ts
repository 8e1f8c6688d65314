import { ListBuckets$, type ListBucketsOutput, type ListBucketsRequest } from "@aws-sdk/client-s3";
import { decodeToken, encodeToken, paginate } from "../../../core/paginate.ts";
import { operation } from "../../../core/service.ts";
import type { S3Engine } from "../engine.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html
export const ListBuckets = operation<S3Engine, ListBucketsRequest, ListBucketsOutput>({
  schema: ListBuckets$,
  handle(s3, { Prefix = "", MaxBuckets = 10_000, ContinuationToken, BucketRegion }, call) {
    const after =
      ContinuationToken === undefined ? undefined : String(decodeToken(ContinuationToken));
    const matching = s3
      .list(call)
      .filter(({ name }) => name.startsWith(Prefix))
      .filter(({ region }) => BucketRegion === undefined || region === BucketRegion);
    const { items, next } = paginate(matching, {
      after: ({ name }) => after === undefined || name > after,
      limit: MaxBuckets,
    });
    return {
      Buckets: items.map(({ name, createdAt }) => ({
        Name: name,
        CreationDate: new Date(createdAt),
      })),
      Owner: { ID: call.accountId, DisplayName: "wavetank" },
      ...(next && { ContinuationToken: encodeToken(next.name) }),
    };
  },
  summarize: (_input, { Buckets }) => `${Buckets?.length} buckets`,
});
