import { messageOf } from "../../core/errors.ts";
import type { Finding } from "../finding.ts";

/** One question to AWS: the finding's title, and the permission that asking takes. */
export interface Question {
  readonly check: string;
  /** The IAM action, e.g. `kinesis:DescribeLimits`. */
  readonly action: string;
}

/** Names by which AWS's services say that the caller may not ask. */
const DENIED = /^AccessDenied(Exception)?$|^Unauthorized(Operation|Exception)?$/;

/**
 * Asks, and makes a finding of the answer. A refusal or a service that cannot be reached is a finding
 * too; only our own faults are thrown on.
 * @param judge what the answer means; what it throws becomes a finding like an error of AWS
 */
export async function ask<Answer>(
  { check, action }: Question,
  {
    send,
    judge,
  }: { send: () => Promise<Answer>; judge: (answer: Answer) => Omit<Finding, "check"> },
): Promise<Finding> {
  try {
    return { check, ...judge(await send()) };
  } catch (error) {
    return { check, ...refusal(error, action) };
  }
}

function refusal(error: unknown, action: string): Omit<Finding, "check"> {
  const name = awsErrorName(error);
  if (name === undefined) throw error;
  if (DENIED.test(name)) {
    return {
      ok: false,
      // A deploy does without it: what it would have told may well be right.
      optional: true,
      found: `not checked: the caller may not ${action}`,
      remedy: `Allow ${action} in the caller's IAM policy to have this checked.`,
    };
  }
  if (name === "ENOTFOUND" || name === "EAI_AGAIN") {
    return {
      ok: false,
      found: `${action.split(":")[0]} has no address there: ${messageOf(error)}`,
      remedy:
        "The service does not exist in this region, or this machine is offline: check the region's name, then the network.",
    };
  }
  const found = `${action} failed: ${name}: ${messageOf(error)}`;
  return { ok: false, found, remedy: "Try again; if it stays, look the error up by its name." };
}

/** AWS's name of an error, or the network's; `undefined` for a fault of ours. */
export function awsErrorName(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && typeof error.code === "string") return error.code;
  if (error instanceof TypeError || error instanceof ReferenceError) return undefined;
  return error.name;
}

/** The HTTP status of AWS's refusal, where there was one. */
export function statusOf(error: unknown): number | undefined {
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return $metadata?.httpStatusCode;
}
