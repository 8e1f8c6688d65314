/** Where what came of an invocation, or of a batch, is told. */
export interface Destinations {
  /**
   * Hands a document to a queue or a function; rejects when that does not take it.
   * @param arn of an SQS queue or of a function
   * @param document JSON
   */
  send(arn: string, document: string): Promise<void>;
  /** Keeps a document in a bucket. */
  write(bucket: string, key: string, document: string): Promise<void>;
}
