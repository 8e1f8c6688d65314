import { list, map, oneOf, range, structure, text } from "../../core/limits.ts";

// Lengths, ranges and patterns: https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html
const REFERENCE_PATTERN = String.raw`(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?`;
/** A name, partial ARN or ARN. */
export const functionReference = text({ min: 1, max: 170, pattern: REFERENCE_PATTERN });
export const newFunctionName = text({
  min: 1,
  max: 140,
  pattern: String.raw`(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?`,
});
export const MAX_NAME_LENGTH = 64;
export const qualifier = text({
  min: 1,
  max: 128,
  pattern: String.raw`\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+`,
});
export const role = text({
  pattern: String.raw`arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+`,
});
export const handlerName = text({ max: 128, pattern: String.raw`[^\s]+` });
export const description = text({ max: 256 });
export const timeoutSeconds = range(1, 900);
export const memoryMb = range(128, 10_240);
export const ephemeralStorage = structure({ Size: range(512, 10_240) });
export const architectures = list({ min: 1, max: 1, each: oneOf(["x86_64", "arm64"]) });
export const packageType = oneOf(["Zip", "Image"]);
export const tracingConfig = structure({ Mode: oneOf(["Active", "PassThrough"]) });
export const loggingConfig = structure({
  LogFormat: oneOf(["JSON", "Text"]),
  LogGroup: text({ min: 1, max: 512, pattern: String.raw`[\.\-_/#A-Za-z0-9]+` }),
});
export const tags = map({ max: 50 });
export const functionVersion = oneOf(["ALL"]);
export const maxItems = range(1, 10_000);
export const invocationType = oneOf(["Event", "RequestResponse", "DryRun"]);
export const urlAuthType = oneOf(["NONE", "AWS_IAM"]);
export const logType = oneOf(["None", "Tail"]);

// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
/** 6 MiB and 100 bytes: the constant that AWS's messages and its Runtime Interface Emulator name. */
export const MAX_SYNC_BYTES = 6_291_556;
export const MAX_ASYNC_BYTES = 1_048_576;
export const MAX_ZIPPED_BYTES = 52_428_800;
export const MAX_UNZIPPED_BYTES = 262_144_000;
export const MAX_VARIABLES_BYTES = 4_096;
export const ACCOUNT_CONCURRENCY = 1_000;
/** What the service takes of any request: a zip of 50 MB in base64, and a little more. */
export const MAX_REQUEST_BYTES = 70_167_211;

// https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
export const INIT_TIMEOUT_MS = 10_000;

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
export const ASYNC_RETRY_WAITS_MS = [60_000, 120_000] as const;
export const MAX_EVENT_AGE_MS = 6 * 60 * 60 * 1000;
export const FIRST_REQUEUE_MS = 1_000;
export const MAX_REQUEUE_MS = 5 * 60_000;

// https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html
export const LIST_PAGE = 50;

// https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
export const LOG_TAIL_BYTES = 4_096;
export const MAX_CLIENT_CONTEXT_CHARACTERS = 3_583;

// https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html
export const MIN_UNRESERVED_CONCURRENCY = 100;
export const reservedConcurrency = range(0, 2_147_483_647);

// https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html
export const MAX_CODE_BYTES = 80_530_636_800;

// https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html
export const aliasName = text({
  min: 1,
  max: 128,
  pattern: "(?!^[0-9]+$)([a-zA-Z0-9-_]+)",
});
export const versionName = text({ min: 1, max: 1024, pattern: String.raw`\$LATEST|[0-9]+` });

// https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html
export const eventRetryAttempts = range(0, 2);
export const eventAgeSeconds = range(60, 21_600);

// https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
export const statementId = text({ min: 1, max: 100, pattern: "[a-zA-Z0-9-_]+" });
export const action = text({ pattern: "lambda:[*]|lambda:[a-zA-Z]+|[*]" });
export const principal = text({ pattern: String.raw`[^\s]+` });
export const sourceAccount = text({ max: 12, pattern: String.raw`\d{12}` });

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html
export const MAX_TAGS = 50;
