import type { Clock } from "../core/clock.ts";
import { AwsError, messageOf } from "../core/errors.ts";
import type { Schedules } from "../core/schedules.ts";
import type { Scope } from "../core/service.ts";

/** The services that templates can create resources of. */
export type AwsServiceName =
  | "api-gateway"
  | "api-gateway-v2"
  | "application-autoscaling"
  | "cloudwatch"
  | "cloudwatch-logs"
  | "dynamodb"
  | "kinesis"
  | "lambda"
  | "s3"
  | "sagemaker"
  | "sqs";

/**
 * AWS's API, as narrow as a deploy needs it: the embedded engines, LocalStack or AWS answer it alike.
 * Operation names, inputs and outputs are the AWS SDK's.
 */
export interface AwsApi {
  call<Out>(service: AwsServiceName, operation: string, input: object): Promise<Out>;
  /** Whether a service stands elsewhere, so that its resources outlive the tank. */
  isElsewhere?(service: AwsServiceName): boolean;
  /** A text with AWS's addresses of APIs and websites in it, and those that answer here in their places. */
  localUrls?(text: string): string;
  /** What calls functions by schedules; absent where only AWS's API answers. */
  readonly schedules?: Schedules;
  readonly clock: Clock;
  /** Where the stack lives. */
  readonly scope: Scope;
}

/** The same API with waits that end, by an error, as soon as the signal aborts. */
export function interruptible(api: AwsApi, signal: AbortSignal): AwsApi {
  const { clock, scope, schedules } = api;
  return {
    call: (service, operation, input) => api.call(service, operation, input),
    isElsewhere: (service) => api.isElsewhere?.(service) ?? false,
    localUrls: (text) => api.localUrls?.(text) ?? text,
    scope,
    ...(schedules && { schedules }),
    clock: {
      now: () => clock.now(),
      sleep: (ms) => clock.sleep(ms, signal),
      after: (ms, act) => clock.after(ms, act),
      every: (ms, tick) => clock.every(ms, tick),
    },
  };
}

/** @throws Error where nothing keeps to schedules */
export function schedulesOf({ schedules }: AwsApi): Schedules {
  if (!schedules) throw new Error("nothing here keeps to schedules");
  return schedules;
}

/** AWS's name of an error, whether an engine threw it or an SDK client did. */
export function errorName(error: unknown): string {
  if (error instanceof AwsError) return error.code;
  return error instanceof Error ? error.name : "Error";
}

/** Whether an error says that the resource does not exist. */
export function saysGone(error: unknown): boolean {
  const name = errorName(error);
  if (/NotFound|DoesNotExist$|^NoSuch/.test(name)) return true;
  // SageMaker has no error of its own for this: "Could not find endpoint …".
  return name === "ValidationException" && /could not find/i.test(messageOf(error));
}

/** The errors of a resource that its caller has created before. */
const EXISTING = [
  "ResourceInUseException",
  "ResourceAlreadyExistsException",
  "BucketAlreadyOwnedByYou",
];

/**
 * Creates a resource, or takes the one that an earlier tank has left elsewhere under the same name.
 * Resolves with whether it was there.
 */
export async function createOrAdopt(
  api: AwsApi,
  { service, operation, input }: { service: AwsServiceName; operation: string; input: object },
): Promise<boolean> {
  try {
    await api.call(service, operation, input);
    return false;
  } catch (error) {
    if (!api.isElsewhere?.(service) || !EXISTING.includes(errorName(error))) throw error;
    return true;
  }
}

/** Deletes what may be gone already. */
export async function deleteIfPresent(deletion: Promise<unknown>): Promise<void> {
  try {
    await deletion;
  } catch (error) {
    if (!saysGone(error)) throw error;
  }
}

const SHORTEST_WAIT_MS = 10;
const LONGEST_WAIT_MS = 1_000;
const MAX_WAIT_MS = 15 * 60_000;

/**
 * Asks again and again, after a tenth of the time waited so far, until `probe` answers something else than `undefined`.
 * @throws Error when that takes longer than 15 minutes
 */
export async function waitFor<T>(
  { clock }: Pick<AwsApi, "clock">,
  { what, probe }: { what: string; probe: () => Promise<T | undefined> },
): Promise<T> {
  const startedAt = clock.now();
  for (;;) {
    const answer = await probe();
    if (answer !== undefined) return answer;
    const waitedMs = clock.now() - startedAt;
    if (waitedMs >= MAX_WAIT_MS) throw new Error(`gave up waiting for ${what} after 15 minutes`);
    await clock.sleep(Math.min(Math.max(SHORTEST_WAIT_MS, waitedMs / 10), LONGEST_WAIT_MS));
  }
}

/** Waits until asking for a resource answers that it is gone. */
export function waitUntilGone(
  api: AwsApi,
  { what, ask }: { what: string; ask: () => Promise<unknown> },
): Promise<true> {
  const probe = async () => {
    try {
      await ask();
      return undefined;
    } catch (error) {
      if (saysGone(error)) return true as const;
      throw error;
    }
  };
  return waitFor(api, { what, probe });
}
