import { list, oneOf, range, structure, text } from "../../../core/limits.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
export const batchSize = range(1, 10_000);
export const batchingWindowSeconds = range(0, 300);
export const parallelizationFactor = range(1, 10);
export const maximumRecordAgeSeconds = range(-1, 604_800);
export const maximumRetryAttempts = range(-1, 10_000);
export const tumblingWindowSeconds = range(0, 900);
export const functionResponseTypes = list({
  max: 1,
  each: oneOf(["ReportBatchItemFailures"]),
});
export const filterCriteria = structure({
  Filters: list({ max: 5, each: structure({ Pattern: text({ max: 4_096 }) }) }),
});
/** In the order in which AWS's message lists them. */
export const startingPosition = oneOf(["LATEST", "AT_TIMESTAMP", "TRIM_HORIZON"]);
export const mappingId = text({ min: 1, max: 100 });
export const maxItems = range(1, 10_000);

// https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html
export const DEFAULT_BATCH_SIZE = 100;
export const MIN_RECORD_AGE_SECONDS = 60;
export const LIST_PAGE = 100;
