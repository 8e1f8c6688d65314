import type { Clock } from "../../../core/clock.ts";
import type { AwsError } from "../../../core/errors.ts";
import { serviceUnavailable } from "../errors.ts";
import type { ModelAnswer, ModelRequest } from "../hosting/model-host.ts";
import type { RunningVariant } from "../hosting/running-variant.ts";
import type { PlannedVariant } from "../resources.ts";
import { capacityOf } from "./capacity.ts";
import { InstancePool } from "./instance-pool.ts";
import { type Metered, meterVariant } from "./variant-meter.ts";

interface Parts {
  readonly running: RunningVariant;
  readonly clock: Clock;
  readonly shadow?: DeployedVariant | undefined;
}

const DRAIN_MS = 100;

/** A variant that serves: its loaded model, its instances and what they were asked for. */
export class DeployedVariant {
  readonly name: string;
  readonly plan: PlannedVariant;
  /** Takes copies of this variant's requests; its answers are discarded. */
  readonly shadow: DeployedVariant | undefined;
  weight: number;
  desiredWeight: number;
  desiredInstanceCount: number;
  #instanceCount: number;
  #shadowCredit = 0;
  readonly #running: RunningVariant;
  readonly #clock: Clock;
  readonly #pool: InstancePool | undefined;
  #meter: Disposable | undefined;

  constructor(plan: PlannedVariant, { running, clock, shadow }: Parts) {
    this.name = plan.name;
    this.plan = plan;
    this.weight = this.desiredWeight = plan.weight;
    this.#instanceCount = this.desiredInstanceCount = plan.instanceCount;
    this.shadow = shadow;
    this.#running = running;
    this.#clock = clock;
    const capacity = capacityOf(plan.model.environment, plan.instanceType);
    const strategy = plan.routing?.RoutingStrategy;
    this.#pool =
      capacity && new InstancePool({ clock, capacity, count: plan.instanceCount, strategy });
  }

  get instanceCount(): number {
    return this.#instanceCount;
  }

  /** Whether its calls name the model that they are for. */
  get isMultiModel(): boolean {
    return this.plan.model.data.packing === "models";
  }

  /** What a call that can wait no longer is told, where its model is still being loaded. */
  notReady(targetModel: string): AwsError | undefined {
    return this.#running.models?.notReady(targetModel);
  }

  /** Requests at instances whose capacity is bounded. */
  get outstanding(): number {
    return this.#pool?.outstanding ?? 0;
  }

  /** Writes to the log of its container. */
  log(message: string): void {
    this.#running.log(message);
  }

  /** From now on, until it stops, the variant is told of each minute. */
  meter(reported: Omit<Metered, "clock" | "variantName" | "usage" | "loadedCount">): void {
    const { name: variantName } = this;
    const usage = () => this.#running.usage();
    const loadedCount = () => this.#running.models?.loadedCount;
    this.#meter = meterVariant({
      ...reported,
      ...{ variantName, clock: this.#clock, usage, loadedCount },
    });
  }

  resize(count: number): void {
    this.#instanceCount = count;
    this.#pool?.resize(count);
  }

  /** @throws AwsError ServiceUnavailable when a bounded variant has no place left to wait in */
  invoke(request: ModelRequest): Promise<ModelAnswer> {
    if (this.shadow) this.#copyTo(this.shadow, request);
    if (!this.#pool) return this.#running.invoke(request);
    const answer = this.#pool.run(() => this.#running.invoke(request));
    return answer ?? Promise.reject(serviceUnavailable(this.name));
  }

  /** Lets requests that wait at instances be answered, unless the tank stops meanwhile. */
  async drain(signal: AbortSignal): Promise<void> {
    while (this.outstanding > 0 && !signal.aborted) {
      await this.#clock.sleep(DRAIN_MS, signal).catch(() => {});
    }
  }

  async stop(): Promise<void> {
    this.#meter?.[Symbol.dispose]();
    try {
      await this.#running.stop();
    } finally {
      await this.shadow?.stop();
    }
  }

  /** UNCONFIRMED: the share that a shadow sees is its weight over the production variant's, at most all. */
  #copyTo(shadow: DeployedVariant, request: ModelRequest): void {
    this.#shadowCredit += this.weight > 0 ? Math.min(1, shadow.weight / this.weight) : 1;
    if (this.#shadowCredit < 1) return;
    this.#shadowCredit -= 1;
    // Whatever becomes of the copy is the shadow's alone.
    shadow.invoke(request).catch(() => {});
  }
}
