import type { WireRequest } from "../core/wire.ts";

/** What a request's signature says of its sender. Nothing is verified: any credentials are accepted. */
export interface CredentialScope {
  readonly accessKeyId: string;
  readonly region: string;
  /** The signing name: "kinesis", "sagemaker", "s3"…; empty when the request is not signed. */
  readonly service: string;
}

const CREDENTIAL = /Credential=([^/,\s]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/;

/**
 * Reads the credential scope from the Authorization header or a presigned query.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
 */
export function credentialScope(
  { headers, query }: Pick<WireRequest, "headers" | "query">,
  defaultRegion: string,
): CredentialScope {
  const presigned = query.get("X-Amz-Credential");
  const source = presigned ? `Credential=${presigned}` : (headers.authorization ?? "");
  const match = CREDENTIAL.exec(source);
  if (match) {
    const [, accessKeyId = "", region = defaultRegion, service = ""] = match;
    return { accessKeyId, region, service };
  }
  // boto3 presigns S3 links with the older query form, which names no region.
  const legacyKey = query.get("AWSAccessKeyId");
  if (legacyKey) return { accessKeyId: legacyKey, region: defaultRegion, service: "s3" };
  return { accessKeyId: "", region: defaultRegion, service: "" };
}

/** An access key of twelve digits names its account; all others share one. */
export function accountOf(accessKeyId: string): string {
  return /^\d{12}$/.test(accessKeyId) ? accessKeyId : DEFAULT_ACCOUNT_ID;
}

export const DEFAULT_ACCOUNT_ID = "000000000000";
export const DEFAULT_REGION = "us-east-1";
