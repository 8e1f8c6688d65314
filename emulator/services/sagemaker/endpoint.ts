import type { DeploymentConfig, EndpointStatus } from "@aws-sdk/client-sagemaker";
import type { Checked } from "../../core/service.ts";
import { TrafficSplit } from "./model/traffic-split.ts";
import type { EndpointConfig, PlannedVariant, Resource } from "./resources.ts";
import type { DeployedVariant } from "./serving/deployed-variant.ts";

/** What an endpoint is to become: a configuration, with the models as they are now. */
export interface Plan {
  readonly config: EndpointConfig;
  readonly variants: readonly PlannedVariant[];
  readonly shadow: PlannedVariant | undefined;
}

/** Where an asynchronous endpoint puts its answers, as `s3://bucket/prefix`. */
interface AsyncPlaces {
  readonly outputPath: string;
  readonly failurePath: string | undefined;
  readonly maxConcurrent: number | undefined;
}

/**
 * A place to send invocations to. Creating → InService or Failed; InService → Updating → InService, on the
 * new configuration or the old one; Deleting, and then gone.
 */
export class Endpoint implements Resource {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly sequence: number;
  /** How its last update went, as it was asked for. */
  deployment: Checked<DeploymentConfig> | undefined;
  #plan: Plan;
  #status: EndpointStatus = "Creating";
  #modifiedAt: number;
  #failureReason: string | undefined;
  #fleet: readonly DeployedVariant[] = [];
  #split: TrafficSplit<DeployedVariant> | undefined;
  /** While traffic is handed over: the two fleets by their shares. */
  #shift: TrafficSplit<{ weight: number; isNew: boolean }> | undefined;
  #next: readonly DeployedVariant[] = [];
  #nextSplit: TrafficSplit<DeployedVariant> | undefined;

  constructor(resource: Resource, plan: Plan) {
    this.name = resource.name;
    this.arn = resource.arn;
    this.createdAt = resource.createdAt;
    this.sequence = resource.sequence;
    this.#plan = plan;
    this.#modifiedAt = resource.createdAt;
  }

  get status(): EndpointStatus {
    return this.#status;
  }

  get modifiedAt(): number {
    return this.#modifiedAt;
  }

  get failureReason(): string | undefined {
    return this.#failureReason;
  }

  get plan(): Plan {
    return this.#plan;
  }

  get configName(): string {
    return this.#plan.config.name;
  }

  /** The variants that serve; none while Creating and once Failed. */
  get fleet(): readonly DeployedVariant[] {
    return this.#fleet;
  }

  /** Serves by a fleet from now on; gives back the one before. */
  serve(plan: Plan, fleet: readonly DeployedVariant[], now: number): readonly DeployedVariant[] {
    const before = this.#fleet;
    this.#plan = plan;
    this.#fleet = fleet;
    this.share([], 0);
    this.#failureReason = undefined;
    this.settle(now);
    return before;
  }

  /** Gives a fleet that comes a share of the invocations, in per cent. */
  share(fleet: readonly DeployedVariant[], percent: number): void {
    this.#next = fleet;
    this.#nextSplit = new TrafficSplit(fleet);
    this.#shift =
      percent === 0
        ? undefined
        : new TrafficSplit([
            { weight: 100 - percent, isNew: false },
            { weight: percent, isNew: true },
          ]);
  }

  update(now: number): void {
    // UNCONFIRMED: the reason why the update before this one failed goes.
    this.#failureReason = undefined;
    this.#move("Updating", now);
  }

  /** Ends an update: the desired weights are the current ones. */
  settle(now: number): void {
    for (const variant of this.#fleet.flatMap((each) => [
      each,
      ...(each.shadow ? [each.shadow] : []),
    ])) {
      variant.weight = variant.desiredWeight;
      variant.resize(variant.desiredInstanceCount);
    }
    this.#split = new TrafficSplit(this.#fleet);
    this.#move("InService", now);
  }

  /** An update that failed leaves the old fleet in service, and says why. */
  rollBack(reason: string, now: number): void {
    this.#failureReason = reason;
    this.#move("InService", now);
  }

  fail(reason: string, now: number): void {
    this.#failureReason = reason;
    this.#move("Failed", now);
  }

  delete(now: number): void {
    this.#move("Deleting", now);
  }

  /** The variant that takes the next invocation, or the one that is asked for by name. */
  choose(target?: string): DeployedVariant | undefined {
    const isNew = this.#shift?.next()?.isNew ?? false;
    if (target === undefined) return (isNew ? this.#nextSplit : this.#split)?.next();
    const coming = isNew ? this.#next.find(({ name }) => name === target) : undefined;
    return coming ?? this.variant(target);
  }

  /** Where answers go, if they are given later. */
  get asynchronous(): AsyncPlaces | undefined {
    const { OutputConfig, ClientConfig } = this.#plan.config.declared.AsyncInferenceConfig ?? {};
    if (OutputConfig?.S3OutputPath === undefined) return undefined;
    return {
      outputPath: OutputConfig.S3OutputPath,
      failurePath: OutputConfig.S3FailurePath,
      maxConcurrent: ClientConfig?.MaxConcurrentInvocationsPerInstance,
    };
  }

  /** Of all its variants. */
  get instanceCount(): number {
    return this.#fleet.reduce((sum, { instanceCount }) => sum + instanceCount, 0);
  }

  variant(name: string): DeployedVariant | undefined {
    return this.#fleet.find((variant) => variant.name === name);
  }

  /** Stops the variants' models; all of them, even if one does not stop cleanly. */
  async stop(): Promise<void> {
    const fleet = this.#fleet;
    this.#fleet = [];
    this.#split = undefined;
    await stopAll(fleet, this.name);
  }

  #move(status: EndpointStatus, now: number): void {
    this.#status = status;
    this.#modifiedAt = now;
  }
}

export async function stopAll(fleet: readonly DeployedVariant[], name: string): Promise<void> {
  const ends = await Promise.allSettled(fleet.map((variant) => variant.stop()));
  const faults = ends.filter((end) => end.status === "rejected").map(({ reason }) => reason);
  if (faults.length > 0) throw new AggregateError(faults, `${name} did not stop cleanly`);
}
