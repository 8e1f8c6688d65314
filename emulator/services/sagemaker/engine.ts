import type { TankContext } from "../../core/context.ts";
import { messageOf } from "../../core/errors.ts";
import type { Engine, ResourceSummary, Scope } from "../../core/service.ts";
import { Scoped } from "../../core/store.ts";
import { Endpoint } from "./endpoint.ts";
import { endpointInProgress, modelDataNotFound } from "./errors.ts";
import { type CaptureStore, DataCapture } from "./hosting/data-capture.ts";
import type { ModelArtifacts } from "./hosting/model-artifacts.ts";
import type { ModelHost } from "./hosting/model-host.ts";
import { RunningVariant } from "./hosting/running-variant.ts";
import type { EndpointConfig, HostedModel, Resource } from "./resources.ts";
import { Shelf } from "./shelf.ts";

/** What hosting needs of the rest of the tank. */
export interface SageMakerNeeds {
  readonly artifacts: ModelArtifacts;
  readonly host: ModelHost;
  readonly captureStore: CaptureStore;
}

interface Account {
  readonly models: Shelf<HostedModel>;
  readonly configs: Shelf<EndpointConfig>;
  readonly endpoints: Shelf<Endpoint>;
}

type Details<T extends Resource> = Omit<T, keyof Resource> & { readonly name: string };

/** The models, endpoint configurations and endpoints of every account and region. */
export class SageMakerEngine implements Engine {
  readonly #context: TankContext;
  readonly #needs: SageMakerNeeds;
  readonly #accounts = new Scoped<Account>((scope) => ({
    models: new Shelf("model", scope),
    configs: new Shelf("endpoint configuration", scope),
    endpoints: new Shelf("endpoint", scope),
  }));
  /** Launches and stops under way. */
  readonly #work = new Set<Promise<void>>();
  #ending = new AbortController();
  #sequence = 0;

  constructor(context: TankContext, needs: SageMakerNeeds) {
    this.#context = context;
    this.#needs = needs;
  }

  describe(): ResourceSummary[] {
    return [...this.#accounts.all()].flatMap(({ models, configs, endpoints }) => [
      ...[...models.all()].map(({ name }) => ({ type: "model", name, state: "" })),
      ...[...configs.all()].map(({ name }) => ({ type: "configuration", name, state: "" })),
      ...[...endpoints.all()].map(({ name, status }) => ({
        type: "endpoint",
        name,
        state: status,
      })),
    ]);
  }

  async stop(): Promise<void> {
    this.#ending.abort(new Error("the tank stops"));
    for (const { endpoints } of this.#accounts.all()) {
      for (const endpoint of endpoints.all()) this.#background(() => endpoint.stop());
    }
    await Promise.all(this.#work);
  }

  async reset(): Promise<void> {
    await this.stop();
    this.#accounts.clear();
    this.#ending = new AbortController();
  }

  models(scope: Scope): Shelf<HostedModel> {
    return this.#accounts.of(scope).models;
  }

  configs(scope: Scope): Shelf<EndpointConfig> {
    return this.#accounts.of(scope).configs;
  }

  endpoints(scope: Scope): Shelf<Endpoint> {
    return this.#accounts.of(scope).endpoints;
  }

  /** Creates a model whose data is there. */
  async createModel(scope: Scope, details: Details<HostedModel>): Promise<HostedModel> {
    const shelf = this.models(scope);
    shelf.refuseTaken(details.name);
    const { uri } = details.data;
    await this.#needs.artifacts.read(uri, scope).catch(() => {
      throw modelDataNotFound(uri);
    });
    const model = { ...details, ...this.#resource(shelf, details.name) };
    shelf.add(model);
    return model;
  }

  createConfig(scope: Scope, details: Details<EndpointConfig>): EndpointConfig {
    const shelf = this.configs(scope);
    shelf.refuseTaken(details.name);
    for (const { modelName } of details.variants) this.models(scope).get(modelName);
    const config = { ...details, ...this.#resource(shelf, details.name) };
    shelf.add(config);
    return config;
  }

  /** Answers at once with an endpoint that is Creating; its models are loaded in the background. */
  createEndpoint(scope: Scope, { name, configName }: { name: string; configName: string }) {
    const shelf = this.endpoints(scope);
    shelf.refuseTaken(name);
    const config = this.configs(scope).get(configName);
    const variants = config.variants.map((variant) => ({
      ...variant,
      model: this.models(scope).get(variant.modelName),
    }));
    const resource = this.#resource(shelf, name);
    const endpoint = new Endpoint(resource, {
      configName: config.name,
      variants,
      capture: config.declared.DataCaptureConfig,
    });
    shelf.add(endpoint);
    this.#changed(endpoint);
    const owner = { accountId: scope.accountId, region: scope.region };
    this.#background(() => this.#launch(endpoint, owner));
    return endpoint;
  }

  /** Deletes in the background, once the invocations under way have been answered. */
  deleteEndpoint(scope: Scope, name: string): void {
    const shelf = this.endpoints(scope);
    const endpoint = shelf.get(name);
    if (endpoint.status === "Creating" || endpoint.status === "Deleting") {
      throw endpointInProgress(endpoint.arn);
    }
    endpoint.delete(this.#context.clock.now());
    this.#changed(endpoint);
    this.#background(async () => {
      try {
        await endpoint.stop();
      } finally {
        if (shelf.find(name) === endpoint) shelf.delete(name);
      }
    });
  }

  /** For invocations: by a name that matches in case, as AWS wants it there. */
  find(name: string, scope: Scope): Endpoint | undefined {
    const endpoint = this.endpoints(scope).find(name);
    return endpoint?.name === name ? endpoint : undefined;
  }

  async #launch(endpoint: Endpoint, scope: Scope): Promise<void> {
    const { signal } = this.#ending;
    const running: RunningVariant[] = [];
    const stopAll = () => Promise.all(running.map((variant) => variant.stop()));
    try {
      for (const variant of endpoint.variants) {
        const { model } = variant;
        const { name: endpointName } = endpoint;
        const startCapture = this.#captureOf(endpoint, variant.name);
        const launch = {
          endpointName,
          variant,
          model,
          scope,
          signal,
          startCapture,
          ...this.#needs,
        };
        running.push(await RunningVariant.launch(launch));
      }
    } catch (fault) {
      await stopAll();
      if (signal.aborted) return;
      endpoint.fail(messageOf(fault), this.#context.clock.now());
      this.#changed(endpoint);
      return;
    }
    if (signal.aborted) {
      await stopAll();
      return;
    }
    endpoint.serve(running, this.#context.clock.now());
    this.#changed(endpoint);
  }

  #captureOf({ name, capture }: Endpoint, variantName: string): (() => DataCapture) | undefined {
    // Capture is on unless it is turned off.
    if (!capture || capture.EnableCapture === false) return undefined;
    const { captureStore: store } = this.#needs;
    const onFault = (error: unknown) =>
      this.#warn(`what endpoint ${name} captured was not written: ${messageOf(error)}`);
    const { clock } = this.#context;
    return () =>
      new DataCapture({ config: capture, endpointName: name, variantName, store, clock, onFault });
  }

  #background(work: () => Promise<void>): void {
    const done = work()
      .catch((error: unknown) => this.#warn(messageOf(error)))
      .finally(() => this.#work.delete(done));
    this.#work.add(done);
  }

  #resource(shelf: Shelf<Resource>, name: string): Resource {
    this.#sequence += 1;
    const createdAt = this.#context.clock.now();
    return { name, arn: shelf.arnOf(name), createdAt, sequence: this.#sequence };
  }

  #changed({ name, status, failureReason }: Endpoint): void {
    const { clock, events } = this.#context;
    events.emit({ type: "resource", at: clock.now(), service: "sagemaker", name, state: status });
    if (failureReason !== undefined) this.#warn(`endpoint ${name} failed: ${failureReason}`);
  }

  #warn(message: string): void {
    const { clock, events } = this.#context;
    events.emit({ type: "warning", at: clock.now(), message });
  }
}
