import { AwsError } from "../../core/errors.ts";

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

export const keyTooLong = (size: number) =>
  new AwsError("KeyTooLongError", "Your key is too long", {
    status: 400,
    members: { Size: size, MaxSizeAllowed: 1024 },
  });

export const invalidArgument = (message: string, ArgumentName?: string, ArgumentValue?: string) =>
  new AwsError("InvalidArgument", message, {
    status: 400,
    members: { ArgumentName, ArgumentValue },
  });

export const invalidRequest = (message: string) =>
  new AwsError("InvalidRequest", message, { status: 400 });

export const parameterNotEmulated = (name: string) =>
  new AwsError("NotImplemented", `${name} is not emulated by Wavetank yet.`, { status: 501 });

export const redirectLocationInvalid = () =>
  new AwsError(
    "InvalidRedirectLocation",
    "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.",
    { status: 400 },
  );

export const malformedXml = () =>
  new AwsError(
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
    { status: 400 },
  );

export const incompleteBody = () =>
  new AwsError(
    "IncompleteBody",
    "The request body terminated unexpectedly or its chunks are malformed.",
    { status: 400 },
  );

export const entityTooLarge = (ProposedSize: number, MaxSizeAllowed: number) =>
  new AwsError("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", {
    status: 400,
    members: { ProposedSize, MaxSizeAllowed },
  });

export const entityTooSmall = (options: {
  PartNumber: number;
  ProposedSize: number;
  ETag: string;
}) =>
  new AwsError("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", {
    status: 400,
    members: { ...options, MinSizeAllowed: 5_242_880 },
  });

export const invalidPart = (options: { PartNumber?: number; ETag?: string; UploadId: string }) =>
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

export const checksumInvalid = (algorithm: string) =>
  invalidRequest(`Value for x-amz-checksum-${algorithm.toLowerCase()} header is invalid.`);

export const checksumMismatch = (algorithm: string) =>
  new AwsError(
    "BadDigest",
    `The ${algorithm} you specified did not match the calculated checksum.`,
    { status: 400 },
  );

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

export const digestInvalid = () =>
  new AwsError("InvalidDigest", "The Content-MD5 you specified was invalid.", { status: 400 });

export const digestMismatch = (ExpectedDigest: string, CalculatedDigest: string) =>
  new AwsError("BadDigest", "The Content-MD5 you specified did not match what we received.", {
    status: 400,
    members: { ExpectedDigest, CalculatedDigest },
  });

export const preconditionFailed = (Condition: string) =>
  new AwsError(
    "PreconditionFailed",
    "At least one of the pre-conditions you specified did not hold",
    { status: 412, members: { Condition } },
  );

export const notModified = () => new AwsError("NotModified", "Not Modified", { status: 304 });

export const invalidRange = (RangeRequested: string, ActualObjectSize: number) =>
  new AwsError("InvalidRange", "The requested range is not satisfiable", {
    status: 416,
    members: { RangeRequested, ActualObjectSize },
  });

export const requestExpired = (
  { expires, seconds }: { expires: number; seconds: string | null },
  now: number,
) =>
  new AwsError("AccessDenied", "Request has expired", {
    status: 403,
    members: {
      "X-Amz-Expires": seconds ?? undefined,
      Expires: new Date(expires).toISOString(),
      ServerTime: new Date(now).toISOString(),
    },
  });

export const linkIncomplete = () =>
  new AwsError(
    "AccessDenied",
    "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters",
    { status: 403 },
  );

export const linkLastsTooLong = (maxSeconds: number) =>
  new AwsError(
    "AuthorizationQueryParametersError",
    `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${maxSeconds} seconds`,
    { status: 400 },
  );

export const linkMalformed = (message: string) =>
  new AwsError("AuthorizationQueryParametersError", message, { status: 400 });

export const noSuchWebsite = (BucketName: string) =>
  new AwsError(
    "NoSuchWebsiteConfiguration",
    "The specified bucket does not have a website configuration",
    { status: 404, members: { BucketName } },
  );

export const methodNotAllowed = (Method: string) =>
  new AwsError("MethodNotAllowed", "The specified method is not allowed against this resource.", {
    status: 405,
    members: { Method, ResourceType: "OBJECT" },
  });

export const noSuchCors = (BucketName: string) =>
  new AwsError("NoSuchCORSConfiguration", "The CORS configuration does not exist", {
    status: 404,
    members: { BucketName },
  });

export const corsMethodUnsupported = (method: string) =>
  invalidRequest(`Found unsupported HTTP method in CORS config. Unsupported method is ${method}`);

export const corsPatternInvalid = (what: "AllowedOrigin" | "AllowedHeader", pattern: string) =>
  invalidRequest(`${what} "${pattern}" can not have more than one wildcard.`);

export const corsRequestIncomplete = () =>
  new AwsError("BadRequest", "Insufficient information. Origin request header needed.", {
    status: 400,
  });

export const corsNotEnabled = () =>
  new AwsError("AccessForbidden", "CORSResponse: CORS is not enabled for this bucket.", {
    status: 403,
  });

/** The spelling is AWS's. */
export const corsForbidden = (Method: string) =>
  new AwsError(
    "AccessForbidden",
    "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
    { status: 403, members: { Method, ResourceType: "OBJECT" } },
  );

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html

/** UNCONFIRMED: that AWS says so of rules without filters, too. */
export const notificationsOverlap = () =>
  invalidArgument(
    "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.",
  );

export const filterNameInvalid = (name: string) =>
  invalidArgument("filter rule name must be either prefix or suffix", "FilterRule.Name", name);

export const filterRepeated = (name: string) =>
  invalidArgument(
    `Cannot specify more than one ${name} rule in a filter.`,
    "FilterRule.Name",
    name,
  );

export const eventUnsupported = (event: string) =>
  invalidArgument("The event is not supported for notifications", "Event", event);

export const destinationArnInvalid = (arn: string) =>
  invalidArgument("The ARN could not be parsed", "ARN", arn);

export const destinationInvalid = (arn: string, reason: string) =>
  invalidArgument("Unable to validate the following destination configurations", arn, reason);

export const functionNotAllowed = (arn: string) =>
  destinationInvalid(arn, `Not authorized to invoke function [${arn}]`);
