import { headerNotTaken, invalidArgument, parameterNotEmulated, unknownVersion } from "./errors.ts";

/** Members that would change what is stored or answered, and that no code here acts on. */
const UNEMULATED = [
  "BucketKeyEnabled",
  "BucketNamespace",
  "ChecksumMD5",
  "ChecksumSHA512",
  "ChecksumXXHASH3",
  "ChecksumXXHASH64",
  "ChecksumXXHASH128",
  "CopySourceSSECustomerAlgorithm",
  "CopySourceSSECustomerKey",
  "CopySourceSSECustomerKeyMD5",
  "MFA",
  "ObjectLockEnabledForBucket",
  "ObjectLockEventHold",
  "ObjectLockEventHoldDurationDays",
  "ObjectLockEventHoldDurationYears",
  "ObjectLockLegalHoldStatus",
  "ObjectLockMode",
  "ObjectLockRetainUntilDate",
  "SSECustomerAlgorithm",
  "SSECustomerKey",
  "SSECustomerKeyMD5",
  "SSEKMSEncryptionContext",
  "SSEKMSKeyId",
  "Tagging",
  "WebsiteRedirectLocation",
];

/** Headers that AWS takes for directory buckets only, by their members. */
const DIRECTORY_BUCKETS_ONLY: Readonly<Record<string, string>> = {
  IfMatchInitiatedTime: "x-amz-if-match-initiated-time",
  IfMatchLastModifiedTime: "x-amz-if-match-last-modified-time",
  IfMatchSize: "x-amz-if-match-size",
  WriteOffsetBytes: "x-amz-write-offset-bytes",
};

/** Refuses by name what would otherwise be silently ignored. */
export function refuseUnemulated(input: object): void {
  const members = input as Readonly<Record<string, unknown>>;
  const isGiven = (name: string) => members[name] !== undefined && members[name] !== false;
  for (const name of UNEMULATED) {
    if (isGiven(name)) throw parameterNotEmulated(name);
  }
  for (const [name, header] of Object.entries(DIRECTORY_BUCKETS_ONLY)) {
    if (isGiven(name)) throw headerNotTaken(header);
  }
  const { VersionId, ServerSideEncryption } = members;
  // Buckets have no versions: every object is version "null" of itself.
  if (VersionId !== undefined && VersionId !== "null") throw unknownVersion(String(VersionId));
  if (ServerSideEncryption !== undefined && ServerSideEncryption !== "AES256") {
    throw parameterNotEmulated(`ServerSideEncryption ${ServerSideEncryption}`);
  }
  if (members.BypassGovernanceRetention !== undefined) {
    throw invalidArgument(
      "x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.",
      { name: "x-amz-bypass-governance-retention" },
    );
  }
}
