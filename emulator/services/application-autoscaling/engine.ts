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
import type { ApplicationAutoScalingNeeds } from "./needs.ts";
import { ScalableTarget, type ScheduledAction } from "./scalable-target.ts";
import { Scaling } from "./scaling.ts";

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
    const { metrics, periodMs = MINUTE_MS } = needs;
    this.#context = context;
    this.#needs = needs;
    this.#periodMs = periodMs;
    this.#scaling = new Scaling(context.clock, { metrics, periodMs });
  }

  get metrics(): ApplicationAutoScalingNeeds["metrics"] {
    return this.#needs.metrics;
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
    this.#step(target, { isTick: false });
    return target;
  }

  deregister(scope: Scope, resourceId: string): void {
    this.target(scope, resourceId);
    this.#accounts.of(scope).delete(resourceId);
  }

  /**
   * An alarm's action: has a step scaling policy act on what its metric was.
   * `threshold` is the alarm's.
   */
  trigger(
    policyArn: string,
    alarm: { readonly name: string; readonly value: number; readonly threshold: number },
  ): void {
    for (const target of this.#all()) {
      const policy = [...target.policies.values()].find(({ arn }) => arn === policyArn);
      const variant = policy && this.#needs.variants.find(target.scope, target);
      if (!variant?.isSettled || !policy) continue;
      const difference = alarm.value - alarm.threshold;
      this.#scaling.step(target, variant, { policy, alarm: alarm.name, difference });
    }
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
      try {
        this.#step(target, { isTick: true });
      } catch (fault) {
        const message = `scaling of ${target.resourceId}: ${messageOf(fault)}`;
        this.#context.events.emit({ type: "warning", at: this.now(), message });
      }
    }
    this.#lastTickAt = this.now();
  }

  #step(target: ScalableTarget, { isTick }: { isTick: boolean }): void {
    const variant = this.#needs.variants.find(target.scope, target);
    if (!variant) {
      // As on AWS: a target goes with its endpoint.
      this.#accounts.of(target.scope).delete(target.resourceId);
      return;
    }
    if (isTick) this.#runSchedule(target);
    if (!variant.isSettled || this.#scaling.enforce(target, variant)) return;
    if (isTick) this.#scaling.track(target, variant);
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
  return from < to && schedule.dueIn(from, to);
}
