/** The name at the end of a queue's URL, for the request log. */
export function nameIn(queueUrl: string): string {
  return queueUrl.slice(queueUrl.lastIndexOf("/") + 1);
}
