import type { TankContext } from "../../../core/context.ts";
import { messageOf } from "../../../core/errors.ts";
import type { Scope } from "../../../core/service.ts";
import { Scoped } from "../../../core/store.ts";
import { transformJobExists, transformJobNotFound, transformNotRunning } from "../errors.ts";
import { RunningVariant } from "../hosting/running-variant.ts";
import { DEFAULT_PAYLOAD_MB } from "../limits.ts";
import type { SageMakerNeeds } from "../needs.ts";
import { runTransform } from "./run-transform.ts";
import type { TransformJob } from "./transform-job.ts";

type Asked = Pick<
  TransformJob,
  "name" | "arn" | "createdAt" | "sequence" | "declared" | "model" | "processing"
>;

/** The transform jobs of every account and region: each with a container of its own, for as long as it runs. */
export class TransformJobs {
  readonly #context: TankContext;
  readonly #needs: SageMakerNeeds;
  readonly #jobs = new Scoped<Map<string, TransformJob>>(() => new Map());
  readonly #work = new Set<Promise<void>>();

  constructor(context: TankContext, needs: SageMakerNeeds) {
    this.#context = context;
    this.#needs = needs;
  }

  all(scope: Scope): TransformJob[] {
    return [...this.#jobs.of(scope).values()];
  }

  get(scope: Scope, name: string): TransformJob {
    const job = this.#jobs.of(scope).get(name);
    if (!job) throw transformJobNotFound(name);
    return job;
  }

  /** @throws AwsError ResourceInUse for a name that has been used before */
  begin(scope: Scope, asked: Asked): TransformJob {
    const jobs = this.#jobs.of(scope);
    if (jobs.has(asked.name)) throw transformJobExists(asked.arn);
    const job: TransformJob = {
      ...asked,
      ...{ stopping: new AbortController(), status: "InProgress", failureReason: undefined },
      ...{ startedAt: undefined, endedAt: undefined, modifiedAt: asked.createdAt },
    };
    jobs.set(asked.name, job);
    const work = this.#run(scope, job).finally(() => this.#work.delete(work));
    this.#work.add(work);
    return job;
  }

  /** Stops between two calls of the model. @throws AwsError for a job that has ended */
  halt(scope: Scope, name: string): void {
    const job = this.get(scope, name);
    if (job.status !== "InProgress") throw transformNotRunning(name, job.status);
    this.#move(job, "Stopping");
    job.stopping.abort(new Error("the job was stopped"));
  }

  /** Ends every job. Idempotent. */
  async stop(): Promise<void> {
    for (const jobs of this.#jobs.all()) {
      for (const { stopping } of jobs.values()) stopping.abort(new Error("the tank stops"));
    }
    await Promise.all(this.#work);
  }

  async reset(): Promise<void> {
    await this.stop();
    this.#jobs.clear();
  }

  async #run({ accountId, region }: Scope, job: TransformJob): Promise<void> {
    const { clock, logs, metrics } = this.#context;
    const { signal } = job.stopping;
    const scope = { accountId, region };
    const group = "/aws/sagemaker/TransformJobs";
    const log = (message: string) =>
      logs?.append({ group, stream: `${job.name}/i-0`, at: clock.now(), message, scope });
    let running: RunningVariant | undefined;
    try {
      const { artifacts, host, store } = this.#needs;
      const variant = { name: job.name, modelName: job.model.name, weight: 1, routing: undefined };
      const { InstanceType, InstanceCount } = job.declared.TransformResources;
      running = await RunningVariant.launch({
        ...{ endpointName: job.name, artifacts, host, scope, clock, logs, metrics, signal, log },
        variant: { ...variant, instanceCount: InstanceCount, instanceType: InstanceType },
        model: { ...job.model, environment: environmentOf(job) },
      });
      const container = running;
      job.startedAt = clock.now();
      const invoke = container.invoke.bind(container);
      await runTransform(job, { store, clock, signal, log, invoke });
      this.#end(job, "Completed");
    } catch (error) {
      job.failureReason = signal.aborted ? undefined : `ClientError: ${messageOf(error)}`;
      this.#end(job, signal.aborted ? "Stopped" : "Failed");
    } finally {
      await running?.stop().catch((error: unknown) => log(messageOf(error)));
    }
  }

  #end(job: TransformJob, status: TransformJob["status"]): void {
    job.endedAt = this.#context.clock.now();
    this.#move(job, status);
  }

  #move(job: TransformJob, status: TransformJob["status"]): void {
    const { clock, events } = this.#context;
    const at = clock.now();
    job.status = status;
    job.modifiedAt = at;
    events.emit({ type: "resource", at, service: "sagemaker", name: job.name, state: status });
    if (job.failureReason === undefined) return;
    const message = `transform job ${job.name} failed: ${job.failureReason}`;
    events.emit({ type: "warning", at, message });
  }
}

/** What AWS tells a container of the job. */
function environmentOf({ model, declared }: TransformJob): Readonly<Record<string, string>> {
  const { BatchStrategy, MaxPayloadInMB, MaxConcurrentTransforms, Environment } = declared;
  return {
    ...model.environment,
    ...Environment,
    SAGEMAKER_BATCH: "true",
    SAGEMAKER_BATCH_STRATEGY: BatchStrategy === "SingleRecord" ? "SINGLE_RECORD" : "MULTI_RECORD",
    SAGEMAKER_MAX_PAYLOAD_IN_MB: String(MaxPayloadInMB ?? DEFAULT_PAYLOAD_MB),
    SAGEMAKER_MAX_CONCURRENT_TRANSFORMS: String(MaxConcurrentTransforms || 1),
  };
}
