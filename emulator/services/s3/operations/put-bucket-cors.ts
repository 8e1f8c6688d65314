import { PutBucketCors$, type PutBucketCorsRequest } from "@aws-sdk/client-s3";
import { operation } from "../../../core/service.ts";
import type { S3Engine } from "../engine.ts";
import { corsMethodUnsupported, corsPatternInvalid, malformedXml } from "../errors.ts";
import { MAX_CORS_RULES } from "../limits.ts";
import type { CorsRule } from "../model/cors.ts";

const METHODS = ["GET", "PUT", "HEAD", "POST", "DELETE"];

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html
export const PutBucketCors = operation<S3Engine, PutBucketCorsRequest, Record<string, never>>({
  schema: PutBucketCors$,
  handle(s3, { Bucket, CORSConfiguration }) {
    const bucket = s3.bucket(Bucket);
    const rules = CORSConfiguration?.CORSRules ?? [];
    if (rules.length === 0 || rules.length > MAX_CORS_RULES) throw malformedXml();
    for (const rule of rules) assertRule(rule);
    bucket.cors = rules;
    return {};
  },
  summarize: ({ Bucket, CORSConfiguration }) =>
    `${Bucket} · ${CORSConfiguration?.CORSRules?.length} rules`,
});

function assertRule({ AllowedMethods, AllowedOrigins, AllowedHeaders = [] }: CorsRule): void {
  if (!AllowedMethods?.length || !AllowedOrigins?.length) throw malformedXml();
  const unsupported = AllowedMethods.find((method) => !METHODS.includes(method));
  if (unsupported !== undefined) throw corsMethodUnsupported(unsupported);
  const isWild = (pattern: string) => pattern.split("*").length > 2;
  const origin = AllowedOrigins.find(isWild);
  if (origin !== undefined) throw corsPatternInvalid("AllowedOrigin", origin);
  const header = AllowedHeaders.find(isWild);
  if (header !== undefined) throw corsPatternInvalid("AllowedHeader", header);
}
