import type { Tag } from "@aws-sdk/client-sagemaker";
import { arn as arnOf } from "../../core/arn.ts";
import type { TankContext } from "../../core/context.ts";
import { messageOf } from "../../core/errors.ts";
import type { Engine, ResourceSummary, Scope } from "../../core/service.ts";
import { Scoped } from "../../core/store.ts";
import { type Account, resourcesOf, summaries } from "./account.ts";
import { type Deployment, deploymentOf } from "./deployment.ts";
import { Endpoint, type Plan } from "./endpoint.ts";
import { endpointInProgress, taggedNotFound } from "./errors.ts";
import { requireData } from "./hosting/model-artifacts.ts";
import type { SageMakerNeeds } from "./needs.ts";
import type { Details, EndpointConfig, HostedModel, Resource } from "./resources.ts";
import { type FleetLaunch, fleetLaunch, launched, launchFleet } from "./serving/launch-fleet.ts";
import { Shelf } from "./shelf.ts";
import { drain, retire, shiftTraffic } from "./shifting.ts";
import { TagStore } from "./tag-store.ts";
import { type TransformJob, transformable } from "./transform/transform-job.ts";
import { TransformJobs } from "./transform/transform-jobs.ts";
import {
  type DesiredCapacity,
  desire,
  type EndpointUpdate,
  planOf,
  type Retained,
  refuseScaledAway,
  retaining,
  updatable,
} from "./updating.ts";

/** The models, endpoint configurations and endpoints of every account and region. */
export class SageMakerEngine implements Engine {
  readonly #context: TankContext;
  readonly #needs: SageMakerNeeds;
  readonly tags = new TagStore();
  readonly transforms: TransformJobs;
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
    this.transforms = new TransformJobs(context, needs);
  }

  describe(): ResourceSummary[] {
    return this.#accounts.all().flatMap(summaries);
  }

  async stop(): Promise<void> {
    this.#ending.abort(new Error("the tank stops"));
    for (const { endpoints } of this.#accounts.all()) {
      for (const endpoint of endpoints.all()) this.#background(() => endpoint.stop());
    }
    await Promise.all([...this.#work, this.transforms.stop()]);
  }

  async reset(): Promise<void> {
    await this.stop();
    await this.transforms.reset();
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
    await requireData(details.data, { artifacts: this.#needs.artifacts, scope });
    const model = { ...details, ...this.#resource(shelf, details.name) };
    shelf.add(model);
    this.tags.add(model, details.declared.Tags);
    return model;
  }

  createConfig(scope: Scope, details: Details<EndpointConfig>): EndpointConfig {
    const shelf = this.configs(scope);
    shelf.refuseTaken(details.name);
    const { variants, shadow } = details;
    for (const { modelName } of shadow ? [...variants, shadow] : variants) {
      this.models(scope).get(modelName);
    }
    const config = { ...details, ...this.#resource(shelf, details.name) };
    shelf.add(config);
    this.tags.add(config, details.declared.Tags);
    return config;
  }

  /** Begins a batch transform by the model as it is now. */
  createTransform(
    scope: Scope,
    asked: Pick<TransformJob, "name" | "declared" | "processing">,
  ): TransformJob {
    const { name, declared } = asked;
    const arn = arnOf("sagemaker", scope, `transform-job/${name.toLowerCase()}`);
    const model = transformable(this.models(scope).get(declared.ModelName));
    const job = this.transforms.begin(scope, { ...asked, ...this.#numbered(name, arn), model });
    this.tags.add(job, declared.Tags);
    return job;
  }

  /** What an ARN names, to be tagged. */
  tagged(scope: Scope, resourceArn: string): Resource {
    const all = [...resourcesOf(this.#accounts.of(scope)), ...this.transforms.all(scope)];
    const named = all.find(({ arn }) => arn === resourceArn);
    if (!named) throw taggedNotFound(resourceArn);
    return named;
  }

  /** Answers at once with an endpoint that is Creating; its models are loaded in the background. */
  createEndpoint(
    scope: Scope,
    created: EndpointUpdate & { readonly Tags?: Tag[] | undefined },
  ): Endpoint {
    const { name, configName, Tags, deployment } = created;
    const shelf = this.endpoints(scope);
    shelf.refuseTaken(name);
    const plan = planOf(this.#accounts.of(scope), configName);
    this.#deployment(scope, { plan, config: deployment });
    const endpoint = new Endpoint(this.#resource(shelf, name), plan);
    endpoint.deployment = deployment;
    shelf.add(endpoint);
    this.tags.add(endpoint, Tags);
    this.#changed(endpoint);
    const launch = this.#launch(endpoint, scope);
    this.#background(async () => {
      try {
        const fleet = await launchFleet(plan, launch);
        endpoint.serve(plan, fleet, this.#context.clock.now());
      } catch (fault) {
        if (launch.signal.aborted) return;
        endpoint.fail(messageOf(fault), this.#context.clock.now());
      }
      this.#changed(endpoint);
    });
    return endpoint;
  }

  /**
   * Blue/green: the old fleet serves until the new one is loaded, and goes on when that fails.
   * https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-blue-green.html
   */
  updateEndpoint(
    scope: Scope,
    update: EndpointUpdate & { readonly retained: readonly Retained[] },
  ): Endpoint {
    const endpoint = updatable(this.endpoints(scope).get(update.name));
    const next = planOf(this.#accounts.of(scope), update.configName);
    refuseScaledAway(endpoint.plan.variants, next.variants, (variant) => {
      const name = { endpoint: endpoint.name, variant };
      return this.#needs.isScaled?.(scope, name) ?? false;
    });
    const plan = { ...next, variants: retaining(next.variants, endpoint.fleet, update.retained) };
    const config =
      update.deployment ?? (update.retainsDeployment ? endpoint.deployment : undefined);
    const deployment = this.#deployment(scope, { plan, config });
    endpoint.deployment = config;
    const launch = this.#launch(endpoint, scope);
    this.#begin(endpoint);
    const isAlarmed = (name: string) =>
      this.#needs.alarms?.alarmState(scope, name)?.value === "ALARM";
    this.#background(async () => {
      try {
        const fleet = await launchFleet(plan, launch);
        await shiftTraffic(endpoint, fleet, { ...launch, deployment, isAlarmed });
        const before = endpoint.serve(plan, fleet, this.#context.clock.now());
        this.#background(() => retire(before, { ...launch, afterMs: deployment.terminationMs }));
      } catch (fault) {
        if (launch.signal.aborted) return;
        endpoint.rollBack(messageOf(fault), this.#context.clock.now());
      }
      this.#changed(endpoint);
    });
    return endpoint;
  }

  /** Resolves, for whoever waits, once the endpoint is InService again. */
  updateCapacities(
    scope: Scope,
    { name, desired }: { name: string; desired: readonly DesiredCapacity[] },
  ): { endpoint: Endpoint; done: Promise<void> } {
    const endpoint = updatable(this.endpoints(scope).get(name));
    const grown = desire(endpoint, desired);
    this.#begin(endpoint);
    const { signal } = this.#ending;
    const { clock } = this.#context;
    const done = this.#background(async () => {
      try {
        await launched(grown, { clock, signal });
      } catch (fault) {
        if (signal.aborted) return;
        throw fault;
      }
      endpoint.settle(clock.now());
      this.#changed(endpoint);
    });
    return { endpoint, done };
  }

  /** Deletes in the background, once the invocations under way have been answered. */
  deleteEndpoint(scope: Scope, name: string): void {
    const shelf = this.endpoints(scope);
    const endpoint = shelf.get(name);
    if (endpoint.status !== "InService" && endpoint.status !== "Failed") {
      throw endpointInProgress(endpoint.arn);
    }
    endpoint.delete(this.#context.clock.now());
    this.#changed(endpoint);
    this.#background(async () => {
      try {
        await drain(endpoint.fleet, this.#ending.signal);
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

  #launch({ name }: Endpoint, scope: Scope): FleetLaunch {
    const { signal } = this.#ending;
    const onFault = (error: unknown) =>
      this.#warn(`what endpoint ${name} captured was not written: ${messageOf(error)}`);
    return fleetLaunch(name, {
      ...{ context: this.#context, needs: this.#needs },
      scope,
      signal,
      onFault,
    });
  }

  #deployment(
    scope: Scope,
    { plan, config }: { plan: Plan; config: EndpointUpdate["deployment"] },
  ): Deployment {
    const hasAlarm = (name: string) => this.#needs.alarms?.alarmState(scope, name) !== undefined;
    return deploymentOf(config, { variants: plan.variants, hasAlarm });
  }

  #begin(endpoint: Endpoint): void {
    endpoint.update(this.#context.clock.now());
    this.#changed(endpoint);
  }

  #background(work: () => Promise<void>): Promise<void> {
    const done = work()
      .catch((error: unknown) => this.#warn(messageOf(error)))
      .finally(() => this.#work.delete(done));
    this.#work.add(done);
    return done;
  }

  #resource(shelf: Shelf<Resource>, name: string): Resource {
    return this.#numbered(name, shelf.arnOf(name));
  }

  #numbered(name: string, arn: string): Resource {
    this.#sequence += 1;
    return { name, arn, createdAt: this.#context.clock.now(), sequence: this.#sequence };
  }

  #changed({ name, status, failureReason }: Endpoint): void {
    const { clock, events } = this.#context;
    events.emit({ type: "resource", at: clock.now(), service: "sagemaker", name, state: status });
    if (failureReason === undefined || status === "Deleting") return;
    this.#warn(`endpoint ${name} failed: ${failureReason}`);
  }

  #warn(message: string): void {
    const { clock, events } = this.#context;
    events.emit({ type: "warning", at: clock.now(), message });
  }
}
