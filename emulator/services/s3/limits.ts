import { text } from "../../core/limits.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
/** DIFFERS: objects are held in memory, so one may have 1 GiB; on AWS a single put takes 5 GiB. */
export const MAX_OBJECT_BYTES = 1024 * 1024 * 1024;
/** DIFFERS: all objects and parts of the tank together; AWS has no such bound. */
export const MAX_STORED_BYTES = 4 * MAX_OBJECT_BYTES;
export const MIN_PART_BYTES = 5 * 1024 * 1024;
export const MAX_PARTS = 10_000;
export const LIST_PAGE = 1000;

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
export const MAX_KEY_BYTES = 1024;
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
export const MAX_METADATA_BYTES = 2048;
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
export const MAX_DELETES = 1000;
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html
export const MAX_BUCKETS_PAGE = 10_000;
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
export const MAX_PRESIGNED_SECONDS = 604_800;

export const key = text({ min: 1 });
