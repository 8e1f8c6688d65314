/** Calls of functions at times that an expression tells. */
export interface ScheduledCalls {
  /** Of a rule of EventBridge, or of a schedule of EventBridge Scheduler. */
  readonly arn: string;
  /** `rate(5 minutes)`, `cron(0 8 ? * MON-FRI *)`, or for Scheduler `at(2026-01-01T08:00:00)`; in UTC. */
  readonly expression: string;
  readonly isEnabled: boolean;
  /** Epoch ms. */
  readonly startsAt?: number | undefined;
  readonly endsAt?: number | undefined;
  readonly targets: readonly ScheduledTarget[];
}

export interface ScheduledTarget {
  readonly functionArn: string;
  /** JSON that the function is called with; AWS's event when absent. */
  readonly input?: string | undefined;
}

/** What keeps to schedules. */
export interface Schedules {
  /** @throws AwsError ValidationException for an expression that is none, or a target that is no function */
  put(calls: ScheduledCalls): void;
  delete(arn: string): void;
}
