import type { DeadLetter } from "../destinations.ts";
import type { Ending } from "./async-invocations.ts";

/** An event that nobody waits for, and how it ended. */
export interface EndedEvent {
  readonly requestId: string;
  /** With the qualifier that it was sent to, or `$LATEST`. */
  readonly functionArn: string;
  /** JSON; empty for an event without a payload. */
  readonly payload: Uint8Array | string;
  readonly ending: Ending;
}

/**
 * What a destination is told of an event.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 * @param at epoch ms
 */
export function invocationRecord({ ending, ...event }: EndedEvent, at: number): object {
  const { answer } = ending;
  return {
    version: "1.0",
    timestamp: new Date(at).toISOString(),
    requestContext: {
      requestId: event.requestId,
      functionArn: event.functionArn,
      condition: ending.condition,
      approximateInvokeCount: ending.runs,
    },
    requestPayload: JSON.parse(textOf(event.payload)),
    // UNCONFIRMED: that these members are left out of an event that never ran.
    ...(answer && {
      responseContext: {
        statusCode: answer.statusCode,
        executedVersion: answer.executedVersion,
        ...(answer.functionError && { functionError: answer.functionError }),
      },
      responsePayload: parsed(answer.payload),
    }),
  };
}

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-dlq
const MAX_ERROR_BYTES = 1_024;

/** What a dead-letter queue is given: the event as it was sent, and attributes that say what went wrong. */
export function deadLetterOf({ requestId, payload, ending }: EndedEvent): DeadLetter {
  const { answer, reason } = ending;
  // UNCONFIRMED: what AWS says of an event that never ran.
  const message = (answer && errorMessage(answer.payload)) || reason;
  return {
    body: textOf(payload),
    attributes: {
      RequestID: { type: "String", value: requestId },
      ErrorCode: { type: "Number", value: String(answer?.statusCode ?? 429) },
      ErrorMessage: { type: "String", value: cut(message) },
    },
  };
}

function textOf(payload: Uint8Array | string): string {
  return Buffer.from(payload).toString() || "{}";
}

function errorMessage(payload: Buffer): string {
  const fault = parsed(payload);
  if (typeof fault === "object" && fault !== null && "errorMessage" in fault) {
    return String(fault.errorMessage);
  }
  return payload.toString();
}

function parsed(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString());
  } catch {
    return null;
  }
}

/** The first kilobyte, without half a character at its end. */
function cut(message: string): string {
  const bytes = Buffer.from(message).subarray(0, MAX_ERROR_BYTES);
  return bytes.toString().replace(/\uFFFD$/, "");
}
