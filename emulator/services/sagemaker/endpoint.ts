import type { DataCaptureConfig, EndpointStatus } from "@aws-sdk/client-sagemaker";
import type { RunningVariant } from "./hosting/running-variant.ts";
import { TrafficSplit } from "./model/traffic-split.ts";
import type { HostedModel, Resource, Variant } from "./resources.ts";

/** A variant together with its model, as both were when the endpoint was created. */
export interface PlannedVariant extends Variant {
  readonly model: HostedModel;
}

/** A place to send invocations to. Creating → InService or Failed; Deleting, and then gone. */
export class Endpoint implements Resource {
  readonly name: string;
  readonly arn: string;
  readonly configName: string;
  readonly createdAt: number;
  readonly sequence: number;
  readonly variants: readonly PlannedVariant[];
  readonly capture: DataCaptureConfig | undefined;
  #status: EndpointStatus = "Creating";
  #modifiedAt: number;
  #failureReason: string | undefined;
  #running: readonly RunningVariant[] = [];
  #split: TrafficSplit<RunningVariant> | undefined;

  constructor(
    resource: Resource,
    plan: {
      configName: string;
      variants: readonly PlannedVariant[];
      capture?: DataCaptureConfig | undefined;
    },
  ) {
    this.name = resource.name;
    this.arn = resource.arn;
    this.createdAt = resource.createdAt;
    this.sequence = resource.sequence;
    this.configName = plan.configName;
    this.variants = plan.variants;
    this.capture = plan.capture;
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

  serve(running: readonly RunningVariant[], now: number): void {
    this.#running = running;
    this.#split = new TrafficSplit(running);
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
  choose(target?: string): RunningVariant | undefined {
    if (target === undefined) return this.#split?.next();
    return this.#running.find(({ name }) => name === target);
  }

  /** Stops the variants' models; all of them, even if one does not stop cleanly. */
  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = [];
    this.#split = undefined;
    const ends = await Promise.allSettled(running.map((variant) => variant.stop()));
    const faults = ends.filter((end) => end.status === "rejected").map(({ reason }) => reason);
    if (faults.length > 0) throw new AggregateError(faults, `${this.name} did not stop cleanly`);
  }

  #move(status: EndpointStatus, now: number): void {
    this.#status = status;
    this.#modifiedAt = now;
  }
}
