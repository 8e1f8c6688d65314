// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html
export const MAX_REQUEST_BYTES = 16 * 1024 * 1024;
