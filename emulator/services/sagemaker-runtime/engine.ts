import type { TankContext } from "../../core/context.ts";
import { AwsError, messageOf } from "../../core/errors.ts";
import type { Engine, Scope } from "../../core/service.ts";
import type { EndpointLookup, ModelAnswer, ModelRequest } from "./endpoint-lookup.ts";
import {
  endpointNotFound,
  endpointNotInService,
  modelError,
  targetModelMisplaced,
  timedOut,
  unreachable,
  variantNotFound,
} from "./errors.ts";
import { INVOCATION_TIMEOUT_MS } from "./limits.ts";
import { EndpointMetering } from "./metering.ts";

/** What invocations need of the rest of the tank. */
export interface SageMakerRuntimeNeeds {
  readonly endpoints: EndpointLookup;
}

export interface Invocation extends ModelRequest {
  readonly endpointName: string;
  readonly targetVariant: string | undefined;
  /** How long the model may take; 60 seconds when absent. */
  readonly timeoutMs?: number;
}

/** Passes invocations on to the models behind endpoints. */
export class SageMakerRuntimeEngine implements Engine {
  readonly #context: TankContext;
  readonly #needs: SageMakerRuntimeNeeds;
  readonly #metering: EndpointMetering;

  constructor(context: TankContext, needs: SageMakerRuntimeNeeds) {
    this.#context = context;
    this.#metering = new EndpointMetering(context.metrics);
    this.#needs = needs;
  }

  /** Holds nothing of its own. */
  reset(): void {}

  /** @throws AwsError ValidationError for what cannot be invoked, ModelError for what answers no 2xx. */
  async invoke(
    scope: Scope,
    invocation: Invocation,
  ): Promise<{ answer: ModelAnswer; variantName: string }> {
    const { endpointName, targetVariant, timeoutMs = INVOCATION_TIMEOUT_MS } = invocation;
    const { clock } = this.#context;
    const startedAt = clock.now();
    const endpoint = this.#needs.endpoints.find(endpointName, scope);
    if (!endpoint) throw endpointNotFound(endpointName, scope.accountId);
    if (!isServing(endpoint.status)) throw endpointNotInService(endpointName, endpoint.status);
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
    let timer: Disposable | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = clock.after(timeoutMs, () => reject(TIMED_OUT));
    });
    try {
      const answer = await Promise.race([invoke(), late]);
      // DIFFERS: a model that computes on this thread keeps the timer from firing until it has answered;
      // it is late only then.
      if (clock.now() - startedAt > timeoutMs) throw TIMED_OUT;
      return answer;
    } finally {
      timer?.[Symbol.dispose]();
    }
  }
}

/** While an endpoint is updated, its old fleet serves. */
function isServing(status: string): boolean {
  return status === "InService" || status === "Updating" || status === "RollingBack";
}

const TIMED_OUT = Symbol("timed out");
