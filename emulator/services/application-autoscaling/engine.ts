import { randomUUID } from "node:crypto";
import type { TankContext } from "../../core/context.ts";
import { messageOf } from "../../core/errors.ts";
import type { Engine, ResourceSummary, Scope } from "../../core/service.ts";
import { Scoped } from "../../core/store.ts";
import {
  capacitiesCrossed,
  capacitiesMissing,
  resourceNotFound,
  targetNotFound,
  variantNotFound,
} from "./errors.ts";
import { nameOf } from "./naming.ts";
import type { AlarmAction, ApplicationAutoScalingNeeds, ScalableVariant } from "./needs.ts";
import { type Policy, ScalableTarget, type ScheduledAction } from "./scalable-target.ts";
import { Scaling } from "./scaling.ts";
import { trackingAlarms } from "./tracking-alarms.ts";

const MINUTE_MS = 60_000;

export interface Registration {
  readonly resourceId: string;
  readonly endpoint: string;
  readonly variant: string;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly suspended: ScalableTarget["suspended"] | undefined;
}

/** The scalable targets of every account and region, and the loop that scales them once a minute. */
export class ApplicationAutoScalingEngine implements Engine {
  readonly #context: TankContext;
  readonly #needs: ApplicationAutoScalingNeeds;
  readonly #periodMs: number;
  readonly #scaling: Scaling;
  readonly #accounts = new Scoped<Map<string, ScalableTarget>>(() => new Map());
  #loop: Disposable | undefined;
  #lastTickAt = 0;
  #sequence = 0;

  constructor(context: TankContext, needs: ApplicationAutoScalingNeeds) {
    const { alarms, periodMs = MINUTE_MS } = needs;
    this.#context = context;
    this.#needs = needs;
    this.#periodMs = periodMs;
    this.#scaling = new Scaling(context.clock, { alarms, periodMs });
    alarms.onAlarmAction((action) => this.#onAlarm(action));
  }

  now(): number {
    return this.#context.clock.now();
  }

  /** Orders what was made in the same millisecond. */
  nextSequence(): number {
    this.#sequence += 1;
    return this.#sequence;
  }

  describe(): ResourceSummary[] {
    return this.#all().flatMap(({ resourceId, policies }) => [
      { type: "scalable target", name: resourceId, state: "" },
      ...[...policies.keys()].map((name) => ({ type: "scaling policy", name, state: "" })),
    ]);
  }

  async stop(): Promise<void> {
    this.#loop?.[Symbol.dispose]();
    this.#loop = undefined;
  }

  async reset(): Promise<void> {
    await this.stop();
    this.#accounts.clear();
  }

  targets(scope: Scope): readonly ScalableTarget[] {
    return [...this.#accounts.of(scope).values()];
  }

  /** Whether a variant is registered. */
  has(scope: Scope, { endpoint, variant }: { endpoint: string; variant: string }): boolean {
    return this.#accounts.of(scope).has(`endpoint/${endpoint}/variant/${variant}`);
  }

  target(scope: Scope, resourceId: string): ScalableTarget {
    const target = this.#accounts.of(scope).get(resourceId);
    if (!target) throw targetNotFound(nameOf(resourceId));
    return target;
  }

  byArn(scope: Scope, arn: string): ScalableTarget {
    const target = this.targets(scope).find((each) => each.arn === arn);
    if (!target) throw resourceNotFound(arn);
    return target;
  }

  /** Makes a target, or changes what is given of one; what is not given stays. */
  register(scope: Scope, registration: Registration): ScalableTarget {
    const { resourceId, endpoint, variant, suspended } = registration;
    const targets = this.#accounts.of(scope);
    const known = targets.get(resourceId);
    const min = registration.min ?? known?.min;
    const max = registration.max ?? known?.max;
    if (min === undefined || max === undefined) throw capacitiesMissing();
    if (max < min) throw capacitiesCrossed();
    const { accountId, region } = scope;
    if (!this.#needs.variants.find(scope, { endpoint, variant })) throw variantNotFound(resourceId);
    const id = randomUUID().replaceAll("-", "");
    const arn = `arn:aws:application-autoscaling:${region}:${accountId}:scalable-target/${id}`;
    const createdAt = this.now();
    const sequence = this.nextSequence();
    const made = {
      resourceId,
      scope: { accountId, region },
      endpoint,
      variant,
      arn,
      createdAt,
      sequence,
    };
    const target = known ?? new ScalableTarget(made, { min, max });
    Object.assign(target, { min, max });
    target.suspended = { ...target.suspended, ...suspended };
    targets.set(resourceId, target);
    this.#run();
    this.#settled(target);
    return target;
  }

  deregister(scope: Scope, resourceId: string): void {
    this.#forget(this.target(scope, resourceId));
  }

  /** Adds a policy, or changes one, and its alarms with it. */
  putPolicy(target: ScalableTarget, policy: Policy): void {
    const { alarms } = this.#needs;
    const made = trackingAlarms(target, policy);
    for (const alarm of made) alarms.putAlarm(target.scope, alarm);
    const known = target.policies.get(policy.name);
    const names = new Set(made.map(({ AlarmName }) => AlarmName));
    for (const { AlarmName } of known ? trackingAlarms(target, known) : []) {
      if (!names.has(AlarmName)) alarms.deleteAlarm(target.scope, AlarmName);
    }
    target.policies.set(policy.name, policy);
  }

  deletePolicy(target: ScalableTarget, policy: Policy): void {
    for (const { AlarmName } of trackingAlarms(target, policy)) {
      this.#needs.alarms.deleteAlarm(target.scope, AlarmName);
    }
    target.policies.delete(policy.name);
  }

  /** Whether an alarm's action is one of the policies here. */
  #onAlarm({ action, scope, ...alarm }: AlarmAction): boolean {
    for (const target of this.targets(scope)) {
      const policy = [...target.policies.values()].find(({ arn }) => arn === action);
      if (!policy) continue;
      this.#guarded(target, () => {
        const variant = this.#settled(target);
        if (!variant) return;
        if (policy.tracking) this.#scaling.track(target, variant, alarm);
        else this.#scaling.step(target, variant, { policy, alarm });
      });
      return true;
    }
    return false;
  }

  #all(): ScalableTarget[] {
    return this.#accounts.all().flatMap((targets) => [...targets.values()]);
  }

  /** Nothing runs until there is a target. */
  #run(): void {
    if (this.#loop) return;
    this.#lastTickAt = this.now();
    this.#loop = this.#context.clock.every(this.#periodMs, () => this.#tick());
  }

  #tick(): void {
    for (const target of this.#all()) {
      this.#guarded(target, () => {
        this.#runSchedule(target);
        this.#settled(target);
      });
    }
    this.#lastTickAt = this.now();
  }

  #guarded({ resourceId }: ScalableTarget, act: () => void): void {
    try {
      act();
    } catch (fault) {
      const message = `scaling of ${resourceId}: ${messageOf(fault)}`;
      this.#context.events.emit({ type: "warning", at: this.now(), message });
    }
  }

  /** A target's variant, when it can be scaled now and its count lies within the bounds, or is moved there. */
  #settled(target: ScalableTarget): ScalableVariant | undefined {
    const variant = this.#needs.variants.find(target.scope, target);
    // As on AWS: a target goes with its endpoint.
    if (!variant) this.#forget(target);
    if (!variant?.isSettled || this.#scaling.enforce(target, variant)) return undefined;
    return variant;
  }

  #forget(target: ScalableTarget): void {
    for (const policy of target.policies.values()) this.deletePolicy(target, policy);
    this.#accounts.of(target.scope).delete(target.resourceId);
  }

  #runSchedule(target: ScalableTarget): void {
    if (target.suspended.ScheduledScalingSuspended) return;
    const now = this.now();
    for (const action of target.actions.values()) {
      if (!isDue(action, { after: this.#lastTickAt, until: now })) continue;
      target.min = action.min ?? target.min;
      target.max = action.max ?? target.max;
      this.#scaling.reschedule(target, action.name);
      if (action.schedule.isOnce) target.actions.delete(action.name);
    }
  }
}

function isDue(
  { schedule, startsAt, endsAt, createdAt }: ScheduledAction,
  { after, until }: { after: number; until: number },
): boolean {
  const from = Math.max(after, createdAt, (startsAt ?? 0) - 1);
  const to = Math.min(until, endsAt ?? until);
  const at = schedule.next(from);
  return from < to && at !== undefined && at <= to;
}
