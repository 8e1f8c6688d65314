import { bytes, range, text } from "../../core/limits.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
/** DIFFERS: objects are held in memory, so one may have 1 GiB; on AWS a single put takes 5 GiB. */
export const MAX_OBJECT_BYTES = 1024 * 1024 * 1024;
export const MIN_PART_BYTES = 5 * 1024 * 1024;
export const MAX_PARTS = 10_000;
export const MAX_KEY_BYTES = 1024;
export const LIST_PAGE = 1000;
export const MAX_DELETES = 1000;

export const partNumber = range(1, MAX_PARTS);
export const key = text({ min: 1 });
export const body = bytes({ max: MAX_OBJECT_BYTES });

// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
export const MAX_LINK_SECONDS = 604_800;

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html
export const MAX_CORS_RULES = 100;
