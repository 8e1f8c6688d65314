import type { TankContext } from "../../core/context.ts";
import { AwsError, messageOf } from "../../core/errors.ts";
import type { Scope } from "../../core/service.ts";
import { AsyncMetering } from "./async-metering.ts";
import type { AsyncSettings, ModelAnswer, ModelRequest } from "./endpoint-lookup.ts";
import { requestExpired } from "./errors.ts";
import { ASYNC_CONCURRENCY } from "./limits.ts";

/** Where requests are taken from and answers are put: S3 in AWS, and what the tank wires here. */
export interface AsyncObjects {
  read(s3Uri: string): Promise<Uint8Array>;
  contentType(s3Uri: string): Promise<string | undefined>;
  write(
    s3Uri: string,
    content: { readonly body: Uint8Array; readonly contentType?: string | undefined },
  ): Promise<void>;
}

export interface AsyncInvocation extends Omit<ModelRequest, "body"> {
  readonly endpointName: string;
  readonly inferenceId: string;
  /** The body itself, or where it lies. */
  readonly input: Uint8Array | string;
  readonly outputLocation: string;
  /** Nothing is told of a failure where this is absent. */
  readonly failureLocation: string | undefined;
  /** How long it may wait for its turn. */
  readonly ttlMs: number;
  /** How long the model may take. */
  readonly timeoutMs: number;
}

export interface AsyncNeeds {
  readonly objects: AsyncObjects;
  /** The endpoint's settings now, and its instances; `undefined` once it is gone. */
  endpoint(
    scope: Scope,
    name: string,
  ): { settings: AsyncSettings | undefined; instanceCount: number } | undefined;
  invoke(
    scope: Scope,
    asked: AsyncInvocation & { readonly body: Uint8Array },
  ): Promise<{ answer: ModelAnswer; variantName: string }>;
}

interface Waiting extends AsyncInvocation {
  readonly receivedAt: number;
}

/** The requests that one endpoint has not answered yet. */
export interface Queue {
  readonly scope: Scope;
  readonly endpointName: string;
  readonly waiting: Waiting[];
  readonly underWay: Set<Waiting>;
}

/**
 * Requests that are answered later, into S3: in the order they came, so many at a time as an endpoint's
 * instances take.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference.html
 */
export class AsyncInvocations {
  readonly #context: TankContext;
  readonly #needs: AsyncNeeds;
  readonly #metering: AsyncMetering;
  readonly #queues = new Map<string, Queue>();
  readonly #work = new Set<Promise<void>>();
  #timer: Disposable | undefined;
  #isStopping = false;

  constructor(context: TankContext, needs: AsyncNeeds & { readonly periodMs: number }) {
    this.#context = context;
    this.#needs = needs;
    this.#metering = new AsyncMetering(context.metrics);
    this.#periodMs = needs.periodMs;
  }

  readonly #periodMs: number;

  submit(scope: Scope, asked: AsyncInvocation): void {
    const { clock } = this.#context;
    const queue = this.#queueOf(scope, asked.endpointName);
    queue.waiting.push({ ...asked, receivedAt: clock.now() });
    this.#timer ??= clock.every(this.#periodMs, () => this.#report());
    this.#proceed(queue);
  }

  /** Lets what is under way end; what waits is lost with the tank. Idempotent. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
    this.#queues.clear();
    await Promise.all(this.#work);
  }

  async reset(): Promise<void> {
    await this.stop();
    this.#isStopping = false;
  }

  #queueOf(scope: Scope, endpointName: string): Queue {
    const key = `${scope.accountId}/${scope.region}/${endpointName}`;
    const known = this.#queues.get(key);
    if (known) return known;
    const { accountId, region } = scope;
    const queue: Queue = {
      ...{ scope: { accountId, region }, endpointName },
      ...{ waiting: [], underWay: new Set() },
    };
    this.#queues.set(key, queue);
    return queue;
  }

  /** Begins as many as there is room for. */
  #proceed(queue: Queue): void {
    const { scope, endpointName, waiting, underWay } = queue;
    const endpoint = this.#needs.endpoint(scope, endpointName);
    // Of an endpoint that is gone, each learns that it is.
    const { settings, instanceCount } = endpoint ?? { settings: undefined, instanceCount: 1 };
    const room = (settings?.maxConcurrent ?? ASYNC_CONCURRENCY) * instanceCount;
    while (underWay.size < room && !this.#isStopping) {
      const next = waiting.shift();
      if (!next) return;
      underWay.add(next);
      const work = this.#run(queue, next)
        .catch((error: unknown) => this.#warn(next, error))
        .finally(() => {
          this.#work.delete(work);
          underWay.delete(next);
          this.#proceed(queue);
        });
      this.#work.add(work);
    }
  }

  async #run({ scope }: Queue, asked: Waiting): Promise<void> {
    const { clock } = this.#context;
    const { objects } = this.#needs;
    const beganAt = clock.now();
    const meter = this.#metering.of(scope, { ...asked, at: beganAt });
    meter("TimeInBacklog", beganAt - asked.receivedAt, "Milliseconds");
    let step = "ExpiredRequests";
    try {
      if (beganAt - asked.receivedAt > asked.ttlMs) throw requestExpired(asked.ttlMs);
      step = "RequestDownloadFailures";
      const { body, contentType } = await this.#inputOf(asked);
      meter("RequestDownloadLatency", (clock.now() - beganAt) * 1000, "Microseconds");
      step = "InvocationFailures";
      const { answer } = await this.#needs.invoke(scope, { ...asked, body, contentType });
      step = "ResponseUploadFailures";
      const answeredAt = clock.now();
      await objects.write(asked.outputLocation, {
        body: Buffer.from(answer.body as string),
        contentType: answer.contentType,
      });
      meter("ResponseUploadLatency", (clock.now() - answeredAt) * 1000, "Microseconds");
      // UNCONFIRMED: AWS's page spells it with three s.
      meter("InvocationsProcesssed", 1, "Count");
    } catch (error) {
      meter(step, 1, "Count");
      await this.#fail(asked, error);
    } finally {
      meter("TotalProcessingTime", clock.now() - asked.receivedAt, "Milliseconds");
    }
  }

  /**
   * A request that names no content type is of its object's: SageMaker's Python SDK sets it there alone.
   * UNCONFIRMED: AWS describes only the request's.
   */
  async #inputOf({ input, contentType }: Waiting) {
    if (typeof input !== "string") return { body: input, contentType };
    const { objects } = this.#needs;
    const body = await objects.read(input);
    return { body, contentType: contentType ?? (await objects.contentType(input)) };
  }

  // UNCONFIRMED: what AWS writes; here it is the error that a call would have been answered.
  async #fail(asked: Waiting, error: unknown): Promise<void> {
    if (asked.failureLocation === undefined) return this.#warn(asked, error);
    const members = error instanceof AwsError ? error.members : {};
    const failure = {
      ErrorType: error instanceof AwsError ? error.code : "InternalFailure",
      Message: messageOf(error),
      InferenceId: asked.inferenceId,
      ...members,
    };
    const body = Buffer.from(JSON.stringify(failure));
    await this.#needs.objects.write(asked.failureLocation, { body });
  }

  #report(): void {
    for (const [key, queue] of this.#queues) {
      const endpoint = this.#needs.endpoint(queue.scope, queue.endpointName);
      if (!endpoint) this.#queues.delete(key);
      else this.#metering.backlog(queue, { ...endpoint, now: this.#context.clock.now() });
    }
  }

  #warn({ endpointName, inferenceId }: AsyncInvocation, error: unknown): void {
    const { clock, events } = this.#context;
    const message = `asynchronous inference ${inferenceId} of endpoint ${endpointName} failed: ${messageOf(error)}`;
    events.emit({ type: "warning", at: clock.now(), message });
  }
}
