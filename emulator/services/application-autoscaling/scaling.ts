import { randomUUID } from "node:crypto";
import type { NotScaledReason, ScalingActivity } from "@aws-sdk/client-application-auto-scaling";
import type { Clock } from "../../core/clock.ts";
import { messageOf } from "../../core/errors.ts";
import { DEFAULT_COOLDOWN_SECONDS } from "./limits.ts";
import { stepFor, stepped } from "./model/step-scaling.ts";
import { clamp, proportional } from "./model/target-tracking.ts";
import { alarmName, SCALABLE_DIMENSION, SERVICE_NAMESPACE } from "./naming.ts";
import type { AlarmAction, PolicyAlarms, ScalableVariant } from "./needs.ts";
import type { Policy, ScalableTarget } from "./scalable-target.ts";

/** What a policy would have a target do. */
interface Proposal {
  readonly policy: Policy;
  /** Before minimum and maximum. */
  readonly capacity: number;
  readonly alarm: string;
}

/** Moves the instance counts of targets, and keeps what AWS would tell of it. */
export class Scaling {
  readonly #clock: Clock;
  readonly #alarms: PolicyAlarms;
  readonly #periodMs: number;

  constructor(clock: Clock, { alarms, periodMs }: { alarms: PolicyAlarms; periodMs: number }) {
    this.#clock = clock;
    this.#alarms = alarms;
    this.#periodMs = periodMs;
  }

  /** Brings a count that lies outside minimum and maximum inside. Whether it had to. */
  enforce(target: ScalableTarget, variant: ScalableVariant): boolean {
    const { desiredInstanceCount: current } = variant;
    const wanted = clamp(current, target);
    if (wanted === current) return false;
    const bound =
      wanted > current
        ? `minimum capacity was set to ${target.min}`
        : `maximum capacity was set to ${target.max}`;
    this.#move(target, variant, { capacity: wanted, cause: bound });
    return true;
  }

  /** One of them calls: looks at the alarms of all target tracking policies, and acts on them together. */
  track(
    target: ScalableTarget,
    variant: ScalableVariant,
    { isNew }: Pick<AlarmAction, "isNew">,
  ): void {
    const tracking = [...target.policies.values()].filter((policy) => policy.tracking);
    const states = tracking.map((policy) => ({ policy, ...this.#read(target, policy) }));
    const outs = states.filter(({ state }) => state === "high");
    const current = variant.desiredInstanceCount;
    if (outs.length > 0) {
      const proposals = outs.map(({ policy, value }) => {
        const base = this.#outBase(target, { policy, current });
        return { ...this.#propose(target, policy, { base, value, side: "High" }), isNew };
      });
      const largest = proposals.reduce((a, b) => (b.capacity > a.capacity ? b : a));
      this.#out(target, variant, largest);
      return;
    }
    // Any policy may scale out; all have to agree to scale in.
    const voters = states.filter(({ policy }) => !policy.tracking?.config.DisableScaleIn);
    if (voters.length === 0 || voters.some(({ state }) => state !== "low")) return;
    if (voters.some(({ policy }) => this.#isCooling(target.lastIn?.at, inCooldown(policy)))) return;
    const proposals = voters.map(({ policy, value }) => ({
      ...this.#propose(target, policy, { base: current, value, side: "Low" }),
      isNew,
    }));
    this.#in(
      target,
      variant,
      proposals.reduce((a, b) => (b.capacity > a.capacity ? b : a)),
    );
  }

  /** What an alarm's action does: one step of a step scaling policy. */
  step(
    target: ScalableTarget,
    variant: ScalableVariant,
    { policy, alarm }: { policy: Policy; alarm: Omit<AlarmAction, "action" | "scope"> },
  ): void {
    const { steps } = policy;
    const { alarmName: name, isNew, value, threshold } = alarm;
    // Without a datapoint there is nothing that a step could be for.
    if (value === undefined) return;
    const difference = value - threshold;
    const step = steps && stepFor(steps.StepAdjustments ?? [], difference);
    if (!steps || !step) return;
    const current = variant.desiredInstanceCount;
    const base = this.#outBase(target, { policy, current });
    const capacity = stepped(base, step, steps);
    const proposal = { policy, capacity, alarm: name, isNew };
    if (capacity >= base) this.#out(target, variant, proposal);
    else if (!this.#isCooling(target.lastIn?.at, inCooldown(policy))) {
      const down = stepped(current, step, steps);
      this.#in(target, variant, { ...proposal, capacity: down });
    }
  }

  #read(
    { scope, resourceId }: ScalableTarget,
    { id }: Policy,
  ): { state: "high" | "low" | "ok"; value: number } {
    const high = this.#alarms.alarmState(scope, alarmName(resourceId, "High", id));
    const low = this.#alarms.alarmState(scope, alarmName(resourceId, "Low", id));
    if (high?.value === "ALARM") return { state: "high", value: high.newest ?? 0 };
    return { state: low?.value === "ALARM" ? "low" : "ok", value: low?.newest ?? 0 };
  }

  #propose(
    { resourceId }: ScalableTarget,
    policy: Policy,
    { base, value, side }: { base: number; value: number; side: "High" | "Low" },
  ): Proposal {
    const target = policy.tracking?.config.TargetValue ?? 1;
    const capacity = proportional(base, { value, target });
    return { policy, capacity, alarm: alarmName(resourceId, side, policy.id) };
  }

  /** While a scale-out cools down, what it has added counts towards the next: only a larger one acts. */
  #outBase(
    { lastOut }: ScalableTarget,
    { policy, current }: { policy: Policy; current: number },
  ): number {
    return lastOut && this.#isCooling(lastOut.at, outCooldown(policy)) ? lastOut.from : current;
  }

  #out(
    target: ScalableTarget,
    variant: ScalableVariant,
    { capacity, alarm, policy, isNew }: Proposal & { isNew: boolean },
  ): void {
    if (target.suspended.DynamicScalingOutSuspended) return;
    const { desiredInstanceCount: from } = variant;
    const wanted = clamp(capacity, target);
    if (wanted <= from) {
      const isAtMax = from >= target.max && capacity > target.max;
      if (isAtMax && isNew)
        this.#decline(
          target,
          { Code: "AlreadyAtMaxCapacity", MaxCapacity: target.max, CurrentCapacity: from },
          { alarm, policy },
        );
      return;
    }
    // A larger one within the cooldown is counted from the same beginning.
    const begun = this.#outBase(target, { policy, current: from });
    target.lastOut = { at: this.#clock.now(), from: begun };
    // A scale-out ends the cooldown of a scale-in.
    target.lastIn = undefined;
    this.#move(target, variant, { capacity: wanted, cause: causeOf(alarm, policy) });
  }

  #in(
    target: ScalableTarget,
    variant: ScalableVariant,
    { capacity, alarm, policy, isNew }: Proposal & { isNew: boolean },
  ): void {
    if (target.suspended.DynamicScalingInSuspended) return;
    const { desiredInstanceCount: from } = variant;
    const wanted = clamp(capacity, target);
    if (wanted >= from) {
      const isAtMin = from <= target.min && capacity < target.min;
      if (isAtMin && isNew)
        this.#decline(
          target,
          { Code: "AlreadyAtMinCapacity", MinCapacity: target.min, CurrentCapacity: from },
          { alarm, policy },
        );
      return;
    }
    target.lastIn = { at: this.#clock.now(), from };
    this.#move(target, variant, { capacity: wanted, cause: causeOf(alarm, policy) });
  }

  #isCooling(since: number | undefined, seconds: number): boolean {
    if (since === undefined) return false;
    return this.#clock.now() - since < (seconds * 1000 * this.#periodMs) / 60_000;
  }

  #move(
    target: ScalableTarget,
    variant: ScalableVariant,
    { capacity, cause }: { capacity: number; cause: string },
  ): void {
    const activity = this.#activity(target, {
      Description: `Setting desired instance count to ${capacity}.`,
      Cause: cause,
      StatusCode: "InProgress",
      StatusMessage: `Successfully set desired instance count to ${capacity}. Waiting for change to be fulfilled by sagemaker.`,
    });
    const end = (status: "Successful" | "Failed", message: string) => {
      activity.EndTime = new Date(this.#clock.now());
      activity.StatusCode = status;
      activity.StatusMessage = message;
    };
    const moved = async () => variant.setDesiredInstanceCount(capacity);
    void moved().then(
      () =>
        end(
          "Successful",
          `Successfully set desired instance count to ${capacity}. Change successfully fulfilled by sagemaker.`,
        ),
      (fault: unknown) =>
        end(
          "Failed",
          `Failed to set desired instance count to ${capacity}. Reason: ${messageOf(fault)}`,
        ),
    );
  }

  #decline(
    target: ScalableTarget,
    reason: NotScaledReason,
    { alarm, policy }: { alarm: string; policy: Policy },
  ): void {
    this.#activity(target, {
      Description: "Attempting to scale due to alarm triggered",
      Cause: causeOf(alarm, policy),
      EndTime: new Date(this.#clock.now()),
      StatusCode: "Failed",
      NotScaledReasons: [reason],
    });
  }

  /** Begins, and keeps, an activity. */
  #activity(
    target: ScalableTarget,
    told: Pick<ScalingActivity, "Description" | "Cause" | "StatusCode"> & Partial<ScalingActivity>,
  ): ScalingActivity {
    const activity: ScalingActivity = {
      ActivityId: randomUUID(),
      ServiceNamespace: SERVICE_NAMESPACE,
      ResourceId: target.resourceId,
      ScalableDimension: SCALABLE_DIMENSION,
      StartTime: new Date(this.#clock.now()),
      ...told,
    };
    target.record(activity);
    return activity;
  }

  /** A scheduled action has set new bounds. */
  reschedule(target: ScalableTarget, actionName: string): void {
    const { min, max } = target;
    this.#activity(target, {
      Description: `Setting min capacity to ${min} and max capacity to ${max}`,
      Cause: `scheduled action name ${actionName} was triggered`,
      EndTime: new Date(this.#clock.now()),
      StatusCode: "Successful",
      StatusMessage: `Successfully set min capacity to ${min} and max capacity to ${max}`,
    });
  }
}

const causeOf = (alarm: string, { name }: Policy) =>
  `monitor alarm ${alarm} in state ALARM triggered policy ${name}`;

const outCooldown = ({ tracking, steps }: Policy) =>
  tracking?.config.ScaleOutCooldown ?? steps?.Cooldown ?? DEFAULT_COOLDOWN_SECONDS;

const inCooldown = ({ tracking, steps }: Policy) =>
  tracking?.config.ScaleInCooldown ?? steps?.Cooldown ?? DEFAULT_COOLDOWN_SECONDS;
