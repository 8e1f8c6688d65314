import { PutBucketWebsite$, type PutBucketWebsiteRequest } from "@aws-sdk/client-s3";
import { operation } from "../../../core/service.ts";
import type { S3Engine } from "../engine.ts";
import { invalidArgument, parameterNotEmulated } from "../errors.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketWebsite.html
export const PutBucketWebsite = operation<S3Engine, PutBucketWebsiteRequest, Record<string, never>>(
  {
    schema: PutBucketWebsite$,
    handle(s3, { Bucket, WebsiteConfiguration }) {
      const bucket = s3.bucket(Bucket);
      const { IndexDocument, ErrorDocument, RedirectAllRequestsTo, RoutingRules } =
        WebsiteConfiguration;
      if (RedirectAllRequestsTo) throw parameterNotEmulated("RedirectAllRequestsTo");
      if (RoutingRules && RoutingRules.length > 0) throw parameterNotEmulated("RoutingRules");
      const indexSuffix = IndexDocument?.Suffix;
      if (indexSuffix === undefined) {
        throw invalidArgument(
          "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty",
          "IndexDocument",
          "null",
        );
      }
      if (indexSuffix === "" || indexSuffix.includes("/")) {
        throw invalidArgument(
          "The IndexDocument Suffix is not well formed",
          "IndexDocument",
          indexSuffix,
        );
      }
      bucket.website = { indexSuffix, errorKey: ErrorDocument?.Key };
      return {};
    },
    summarize: ({ Bucket }) => Bucket,
  },
);
