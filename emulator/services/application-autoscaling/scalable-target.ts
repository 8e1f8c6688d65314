import type {
  ScalingActivity,
  StepScalingPolicyConfiguration,
  SuspendedState,
  TargetTrackingScalingPolicyConfiguration,
} from "@aws-sdk/client-application-auto-scaling";
import type { Schedule } from "../../core/schedule.ts";
import type { Scope } from "../../core/service.ts";
import { MAX_ACTIVITIES } from "./limits.ts";
import type { TrackedMetric } from "./needs.ts";

export interface Policy {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly sequence: number;
  readonly id: string;
  readonly tracking:
    | { readonly config: TargetTrackingScalingPolicyConfiguration; readonly metric: TrackedMetric }
    | undefined;
  readonly steps: StepScalingPolicyConfiguration | undefined;
}

export interface ScheduledAction {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly sequence: number;
  readonly text: string;
  readonly schedule: Schedule;
  readonly startsAt: number | undefined;
  readonly endsAt: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
}

/** A scaling move that is over or under way: where cooldowns are counted from. */
interface Move {
  readonly at: number;
  readonly from: number;
}

/** A variant that scaling looks after. */
export class ScalableTarget {
  readonly resourceId: string;
  readonly scope: Scope;
  readonly endpoint: string;
  readonly variant: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly sequence: number;
  readonly policies = new Map<string, Policy>();
  readonly actions = new Map<string, ScheduledAction>();
  readonly tags = new Map<string, string>();
  /** Newest first. */
  readonly activities: ScalingActivity[] = [];
  min: number;
  max: number;
  suspended: SuspendedState = {};
  lastOut: Move | undefined;
  lastIn: Move | undefined;

  constructor(
    made: Pick<
      ScalableTarget,
      "resourceId" | "scope" | "endpoint" | "variant" | "arn" | "createdAt" | "sequence"
    >,
    { min, max }: { min: number; max: number },
  ) {
    this.resourceId = made.resourceId;
    this.scope = made.scope;
    this.endpoint = made.endpoint;
    this.variant = made.variant;
    this.arn = made.arn;
    this.createdAt = made.createdAt;
    this.sequence = made.sequence;
    this.min = min;
    this.max = max;
  }

  record(activity: ScalingActivity): void {
    this.activities.unshift(activity);
    this.activities.splice(MAX_ACTIVITIES);
  }
}
