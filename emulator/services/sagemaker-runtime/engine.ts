import { randomUUID } from "node:crypto";
import type { TankContext } from "../../core/context.ts";
import { AwsError, messageOf } from "../../core/errors.ts";
import type { Engine, Scope } from "../../core/service.ts";
import { within } from "../../core/within.ts";
import { type AsyncInvocation, AsyncInvocations, type AsyncObjects } from "./async-invocations.ts";
import type {
  EndpointLookup,
  InvokableEndpoint,
  ModelAnswer,
  ModelRequest,
} from "./endpoint-lookup.ts";
import {
  asynchronousOnly,
  endpointNotFound,
  endpointNotInService,
  modelError,
  notAsynchronous,
  targetModelMisplaced,
  timedOut,
  unreachable,
  variantNotFound,
} from "./errors.ts";
import { INVOCATION_TIMEOUT_MS } from "./limits.ts";
import { EndpointMetering } from "./metering.ts";

const MINUTE_MS = 60_000;

/** What invocations need of the rest of the tank. */
export interface SageMakerRuntimeNeeds {
  readonly endpoints: EndpointLookup;
  /** Where asynchronous endpoints take requests from and put answers. */
  readonly objects: AsyncObjects;
  /** How long CloudWatch's minute is; a minute when absent. */
  readonly periodMs?: number;
}

export interface Invocation extends ModelRequest {
  readonly endpointName: string;
  readonly targetVariant: string | undefined;
  /** How long the model may take; 60 seconds when absent. */
  readonly timeoutMs?: number;
  /** Whether it has waited in the queue of an asynchronous endpoint. */
  readonly isQueued?: boolean;
}

/** A request of InvokeEndpointAsync. */
export interface AskedLater
  extends Omit<AsyncInvocation, "inferenceId" | "outputLocation" | "failureLocation"> {
  /** Made up when absent. */
  readonly inferenceId: string | undefined;
  readonly fileName: string | undefined;
  readonly pathExtension: string | undefined;
}

/** Passes invocations on to the models behind endpoints. */
export class SageMakerRuntimeEngine implements Engine {
  readonly #context: TankContext;
  readonly #needs: SageMakerRuntimeNeeds;
  readonly #metering: EndpointMetering;
  readonly #asynchronous: AsyncInvocations;

  constructor(context: TankContext, needs: SageMakerRuntimeNeeds) {
    this.#context = context;
    this.#metering = new EndpointMetering(context.metrics);
    this.#needs = needs;
    const { objects, periodMs = MINUTE_MS } = needs;
    this.#asynchronous = new AsyncInvocations(context, {
      ...{ objects, periodMs },
      endpoint: (scope, name) => {
        const endpoint = needs.endpoints.find(name, scope);
        if (!endpoint) return undefined;
        const { asynchronous: settings, instanceCount = 1 } = endpoint;
        return { settings, instanceCount };
      },
      invoke: (scope, asked) =>
        this.invoke(scope, { ...asked, targetVariant: undefined, isQueued: true }),
    });
  }

  stop(): Promise<void> {
    return this.#asynchronous.stop();
  }

  /** Forgets the requests that wait. */
  reset(): Promise<void> {
    return this.#asynchronous.reset();
  }

  /**
   * Takes a request to be answered later.
   * @throws AwsError ValidationError for what cannot be invoked, or answers at once only
   */
  invokeAsync(
    scope: Scope,
    { fileName, pathExtension, ...asked }: AskedLater,
  ): Pick<AsyncInvocation, "inferenceId" | "outputLocation" | "failureLocation"> {
    const settings = this.#serving(scope, asked.endpointName).asynchronous;
    if (!settings) throw notAsynchronous(asked.endpointName);
    const inferenceId = asked.inferenceId ?? randomUUID();
    // UNCONFIRMED: how AWS names the objects.
    const outputLocation = joined(
      settings.outputPath,
      pathExtension,
      fileName ?? `${inferenceId}.out`,
    );
    const failureLocation =
      settings.failurePath === undefined
        ? undefined
        : joined(settings.failurePath, `${inferenceId}-error.out`);
    this.#asynchronous.submit(scope, { ...asked, inferenceId, outputLocation, failureLocation });
    return { inferenceId, outputLocation, failureLocation };
  }

  /** @throws AwsError ValidationError for an endpoint that is not there or takes no invocations */
  #serving(scope: Scope, name: string): InvokableEndpoint {
    const endpoint = this.#needs.endpoints.find(name, scope);
    if (!endpoint) throw endpointNotFound(name, scope.accountId);
    if (!isServing(endpoint.status)) throw endpointNotInService(name, endpoint.status);
    return endpoint;
  }

  /** @throws AwsError ValidationError for what cannot be invoked, ModelError for what answers no 2xx. */
  async invoke(
    scope: Scope,
    invocation: Invocation,
  ): Promise<{ answer: ModelAnswer; variantName: string }> {
    const { endpointName, targetVariant, timeoutMs = INVOCATION_TIMEOUT_MS } = invocation;
    const { clock } = this.#context;
    const startedAt = clock.now();
    const endpoint = this.#serving(scope, endpointName);
    if (endpoint.asynchronous && !invocation.isQueued) throw asynchronousOnly(endpointName);
    const variant = endpoint.choose(targetVariant);
    if (!variant) throw variantNotFound(targetVariant ?? "", endpointName);
    const { targetModel } = invocation;
    if (targetModel !== undefined && !variant.isMultiModel) throw targetModelMisplaced();
    const { accountId, region } = scope;
    const place = { endpointName, accountId, region };
    const askedAt = clock.now();
    const answered = (status: number) => {
      const answeredAt = clock.now();
      const times = { startedAt, askedAt, answeredAt, endedAt: clock.now() };
      this.#metering.invoked(variant, { endpointName, scope, ...times, status });
    };
    const asked = this.#inTime(() => variant.invoke(invocation), timeoutMs);
    const answer = await asked.catch((error: unknown) => {
      answered(error instanceof AwsError ? (error.status ?? 500) : 500);
      // A variant that refuses says so in AWS's terms.
      if (error instanceof AwsError) throw error;
      if (error === TIMED_OUT) throw variant.notReady?.(targetModel ?? "") ?? timedOut(place);
      variant.log?.(`POST /invocations: ${messageOf(error)}`);
      throw unreachable(place, messageOf(error));
    });
    const { status, body } = answer;
    answered(status);
    if (status < 200 || status > 299) {
      const message = Buffer.from(body).toString("utf8");
      variant.log?.(`POST /invocations ${status}: ${message}`);
      throw modelError({ ...place, status, message });
    }
    return { answer, variantName: variant.name };
  }

  async #inTime(invoke: () => Promise<ModelAnswer>, timeoutMs: number): Promise<ModelAnswer> {
    const { clock } = this.#context;
    const startedAt = clock.now();
    const answer = await within(clock, timeoutMs, invoke());
    // DIFFERS: a model that computes on this thread keeps the timer from firing until it has answered;
    // it is late only then.
    if (answer === "timeout" || clock.now() - startedAt > timeoutMs) throw TIMED_OUT;
    return answer;
  }
}

/** While an endpoint is updated, its old fleet serves. */
function isServing(status: string): boolean {
  return status === "InService" || status === "Updating" || status === "RollingBack";
}

/** `s3://bucket/prefix/name`, whether or not the parts end in slashes. */
function joined(...parts: readonly (string | undefined)[]): string {
  return parts
    .flatMap((part) => (part === undefined ? [] : part.replace(/^\/+|\/+$/g, "")))
    .join("/");
}

const TIMED_OUT = Symbol("timed out");
