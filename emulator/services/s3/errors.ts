import { AwsError } from "../../core/errors.ts";
import { MAX_KEY_BYTES, MAX_METADATA_BYTES, MAX_PRESIGNED_SECONDS, MIN_PART_BYTES } from "./limits.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
export const noSuchBucket = (BucketName: string) =>
  new AwsError("NoSuchBucket", "The specified bucket does not exist", {
    status: 404,
    members: { BucketName },
  });

export const noSuchKey = (Key: string) =>
  new AwsError("NoSuchKey", "The specified key does not exist.", { status: 404, members: { Key } });

/** What a HEAD answers, whose caller sees no more than the status. */
export const notFound = () => new AwsError("NotFound", "Not Found", { status: 404 });

export const noSuchUpload = (UploadId: string) =>
  new AwsError(
    "NoSuchUpload",
    "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
    { status: 404, members: { UploadId } },
  );

export const bucketExists = (BucketName: string) =>
  new AwsError(
    "BucketAlreadyOwnedByYou",
    "Your previous request to create the named bucket succeeded and you already own it.",
    { status: 409, members: { BucketName } },
  );

export const bucketTaken = (BucketName: string) =>
  new AwsError(
    "BucketAlreadyExists",
    "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.",
    { status: 409, members: { BucketName } },
  );

export const bucketNotEmpty = (BucketName: string) =>
  new AwsError("BucketNotEmpty", "The bucket you tried to delete is not empty", {
    status: 409,
    members: { BucketName },
  });

export const invalidBucketName = (BucketName: string) =>
  new AwsError("InvalidBucketName", "The specified bucket is not valid.", {
    status: 400,
    members: { BucketName },
  });

export const locationRefused = (constraint: string) =>
  new AwsError(
    "IllegalLocationConstraintException",
    `The ${constraint} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    { status: 400 },
  );

export const locationUnknown = (LocationConstraint: string) =>
  new AwsError("InvalidLocationConstraint", "The specified location-constraint is not valid", {
    status: 400,
    members: { LocationConstraint },
  });

export const ownerDiffers = () => new AwsError("AccessDenied", "Access Denied", { status: 403 });

export const keyTooLong = (Size: number) =>
  new AwsError("KeyTooLongError", "Your key is too long", {
    status: 400,
    members: { Size, MaxSizeAllowed: MAX_KEY_BYTES },
  });

export const metadataTooLarge = (Size: number) =>
  new AwsError(
    "MetadataTooLarge",
    "Your metadata headers exceed the maximum allowed metadata size",
    { status: 400, members: { Size, MaxSizeAllowed: MAX_METADATA_BYTES } },
  );

export const invalidArgument = (
  message: string,
  argument: { name: string; value?: string | undefined },
) =>
  new AwsError("InvalidArgument", message, {
    status: 400,
    members: { ArgumentName: argument.name, ArgumentValue: argument.value },
  });

export const unknownVersion = (value: string) =>
  invalidArgument("Invalid version id specified", { name: "versionId", value });

export const tokenIncorrect = (value: string) =>
  invalidArgument("The continuation token provided is incorrect", {
    name: "continuation-token",
    ...(value !== "" && { value }),
  });

export const headerNotLatin = (name: string, value: string) =>
  invalidArgument("Header value cannot be represented using ISO-8859-1.", { name, value });

export const invalidRequest = (message: string) =>
  new AwsError("InvalidRequest", message, { status: 400 });

export const invalidUri = () =>
  new AwsError("InvalidURI", "Couldn't parse the specified URI.", { status: 400 });

export const parameterNotEmulated = (name: string) =>
  new AwsError("NotImplemented", `${name} is not emulated by Wavetank yet.`, { status: 501 });

/** A header that AWS itself does not take here. */
export const headerNotTaken = (Header: string, additionalMessage?: string) =>
  new AwsError(
    "NotImplemented",
    "A header you provided implies functionality that is not implemented",
    { status: 501, members: { Header, additionalMessage } },
  );

export const storageClassUnknown = (StorageClassRequested: string) =>
  new AwsError("InvalidStorageClass", "The storage class you specified is not valid", {
    status: 400,
    members: { StorageClassRequested },
  });

export const malformedXml = () =>
  new AwsError(
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
    { status: 400 },
  );

export const incompleteBody = () =>
  new AwsError("IncompleteBody", "The request body terminated unexpectedly", { status: 400 });

export const malformedTrailer = () =>
  new AwsError(
    "MalformedTrailerError",
    "The request contained trailing data that was not well-formed or did not conform to our published schema.",
    { status: 400 },
  );

export const lengthMissing = () =>
  new AwsError("MissingContentLength", "You must provide the Content-Length HTTP header.", {
    status: 411,
  });

export const entityTooLarge = (options: { ProposedSize: number; MaxSizeAllowed: number }) =>
  new AwsError("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", {
    status: 400,
    members: options,
  });

export const tankFull = (maxBytes: number) =>
  new AwsError(
    "EntityTooLarge",
    `The tank keeps objects in memory, at most ${maxBytes} bytes together: delete some first.`,
    { status: 400, members: { MaxSizeAllowed: maxBytes } },
  );

export const entityTooSmall = (options: {
  PartNumber: number;
  ProposedSize: number;
  ETag: string;
}) =>
  new AwsError("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", {
    status: 400,
    members: { ...options, MinSizeAllowed: MIN_PART_BYTES },
  });

export const invalidPart = (options: { PartNumber: number; ETag: string; UploadId: string }) =>
  new AwsError(
    "InvalidPart",
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    { status: 400, members: options },
  );

export const invalidPartOrder = (UploadId: string) =>
  new AwsError(
    "InvalidPartOrder",
    "The list of parts was not in ascending order. Parts must be ordered by part number.",
    { status: 400, members: { UploadId } },
  );

export const partNotThere = (options: { PartNumberRequested: number; ActualPartCount: number }) =>
  new AwsError("InvalidPartNumber", "The requested partnumber is not satisfiable", {
    status: 416,
    members: options,
  });

export const checksumInvalid = (algorithm: string) =>
  invalidRequest(`Value for x-amz-checksum-${algorithm.toLowerCase()} header is invalid.`);

export const badDigest = (message: string, members: Record<string, string> = {}) =>
  new AwsError("BadDigest", message, { status: 400, members });

/** AWS writes the algorithm in capitals for an object and a part, in small letters for a completion. */
export const checksumMismatch = (algorithm: string) =>
  badDigest(`The ${algorithm} you specified did not match the calculated checksum.`);

export const severalChecksums = () =>
  invalidRequest(
    "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
  );

export const unknownAlgorithm = (known: readonly string[]) =>
  invalidRequest(
    `Checksum algorithm provided is unsupported. Please try again with any of the valid types: [${known.join(", ")}]`,
  );

export const checksumTypeDiffers = (expected: string, actual: string) =>
  invalidRequest(
    `Checksum Type mismatch occurred, expected checksum Type: ${expected}, actual checksum Type: ${actual}`,
  );

export const digestInvalid = (given: string) =>
  new AwsError("InvalidDigest", "The Content-MD5 you specified was invalid.", {
    status: 400,
    members: { "Content-MD5": given },
  });

/** AWS shows the expected digest in hexadecimal and the calculated one in base64. */
export const digestMismatch = (digests: { ExpectedDigest: string; CalculatedDigest: string }) =>
  badDigest("The Content-MD5 you specified did not match what we received.", digests);

export const preconditionFailed = (Condition: string) =>
  new AwsError(
    "PreconditionFailed",
    "At least one of the pre-conditions you specified did not hold",
    { status: 412, members: { Condition } },
  );

export const conditionConflict = (Condition: string, Key: string) =>
  new AwsError(
    "ConditionalRequestConflict",
    "The conditional request cannot succeed due to a conflicting operation against this resource.",
    { status: 409, members: { Condition, Key } },
  );

export const notModified = () => new AwsError("NotModified", "Not Modified", { status: 304 });

export const invalidRange = (RangeRequested: string, ActualObjectSize: number) =>
  new AwsError("InvalidRange", "The requested range is not satisfiable", {
    status: 416,
    members: { RangeRequested, ActualObjectSize },
  });

export const linkRefused = (message: string, members: Record<string, string> = {}) =>
  new AwsError("AccessDenied", message, { status: 403, members });

export const linkMalformed = (message: string) =>
  new AwsError("AuthorizationQueryParametersError", message, { status: 400 });

export const linkTooLong = () =>
  linkMalformed(
    `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${MAX_PRESIGNED_SECONDS} seconds`,
  );
