import { invalidValue } from "./errors.ts";
import { NUMBERS } from "./limits.ts";

/** How long a request wants a message hidden, in milliseconds. */
export function visibilityOf({
  VisibilityTimeout: seconds = 0,
}: {
  readonly VisibilityTimeout?: number | undefined;
}): number {
  const { min, max } = NUMBERS.VisibilityTimeout;
  if (seconds >= min && seconds <= max) return seconds * 1000;
  const reason = `VisibilityTimeout must be an integer between ${min} and ${max}.`;
  throw invalidValue({ name: "VisibilityTimeout", value: seconds, reason });
}
