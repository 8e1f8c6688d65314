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

/** An event that was given up, as it was sent, with attributes in SQS's types. */
export interface DeadLetter {
  readonly body: string;
  readonly attributes: Readonly<
    Record<string, { readonly type: "String" | "Number"; readonly value: string }>
  >;
}

/** Where functions' dead letters go. */
export interface DeadLetters {
  /** Puts a letter into a queue; rejects when that does not take it. */
  bury(queueArn: string, letter: DeadLetter): Promise<void>;
}
