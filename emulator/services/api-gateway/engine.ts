import type { TankContext } from "../../core/context.ts";
import type { Engine, ResourceSummary, Scope } from "../../core/service.ts";
import type { WireRequest, WireResponse } from "../../core/wire.ts";
import { Apis } from "../../gateway/apis.ts";
import type { Functions } from "../../gateway/functions.ts";
import { newId } from "../../gateway/invocation.ts";
import { pathPattern } from "../../gateway/route-match.ts";
import { restApiMetering, serveRestApi } from "./data-plane.ts";
import {
  apiNotFound,
  deploymentNotFound,
  deploysNothing,
  integrationMissing,
  stageExists,
} from "./errors.ts";
import { type Deployment, RestApi, type Stage } from "./model/rest-api.ts";

/** What the engine needs of the rest of the tank. */
export interface ApiGatewayNeeds {
  /** Who runs the functions behind the APIs. */
  readonly functions: Functions;
}

/** REST APIs: their resources, deployments and stages, and the requests to them. */
export class ApiGatewayEngine implements Engine {
  readonly #context: TankContext;
  readonly #needs: ApiGatewayNeeds;
  readonly #apis = new Apis<RestApi>();
  readonly #metering: ReturnType<typeof restApiMetering>;

  constructor(context: TankContext, needs: ApiGatewayNeeds) {
    this.#context = context;
    this.#needs = needs;
    this.#metering = restApiMetering(context.metrics);
  }

  create(
    scope: Scope,
    settings: {
      name: string;
      description?: string | undefined;
      tags?: Readonly<Record<string, string>> | undefined;
      binaryMediaTypes?: readonly string[] | undefined;
    },
  ): RestApi {
    const id = this.#apis.idFor(settings.tags);
    const createdAt = this.#context.clock.now();
    const { accountId, region } = scope;
    return this.#apis.add(
      new RestApi({ ...settings, id, scope: { accountId, region }, createdAt }),
    );
  }

  /** @throws AwsError NotFoundException */
  api(id: string, scope: Scope): RestApi {
    const api = this.#apis.get(id, scope);
    if (!api) throw apiNotFound(id);
    return api;
  }

  /** The caller's APIs, by id. */
  list(scope: Scope): RestApi[] {
    return this.#apis.list(scope);
  }

  delete(api: RestApi): void {
    this.#apis.delete(api);
  }

  /** Takes the API as it is now. */
  deploy(api: RestApi, description: string | undefined): Deployment {
    const routes = [...api.resources.values()]
      .filter(({ methods }) => Object.keys(methods).length > 0)
      .map((resource) => ({ resource, pattern: pathPattern(resource.path) }));
    const methods = routes.flatMap(({ resource }) => Object.values(resource.methods));
    if (methods.length === 0) throw deploysNothing();
    if (methods.some(({ integration }) => !integration)) throw integrationMissing();
    const createdAt = this.#context.clock.now();
    const deployment = { id: newId(6), description, createdAt, routes };
    api.deployments.set(deployment.id, deployment);
    return deployment;
  }

  createStage(api: RestApi, stage: Omit<Stage, "createdAt">): Stage {
    if (api.stages.has(stage.name)) throw stageExists();
    return this.setStage(api, stage);
  }

  /** A deployment may name a stage that is there already: it serves the new one from then on. */
  setStage(api: RestApi, stage: Omit<Stage, "createdAt">): Stage {
    if (!api.deployments.has(stage.deploymentId)) throw deploymentNotFound();
    const createdAt = api.stages.get(stage.name)?.createdAt ?? this.#context.clock.now();
    const set = { ...stage, createdAt };
    api.stages.set(stage.name, set);
    return set;
  }

  /** Answers a request to an API, if it is here. @param path with the stage */
  serve(id: string, request: WireRequest, path: string): Promise<WireResponse> | undefined {
    const api = this.#apis.find(id);
    const needs = { clock: this.#context.clock, functions: this.#needs.functions };
    return api && serveRestApi(api, { request, path, needs, metering: this.#metering });
  }

  reset(): void {
    this.#apis.clear();
  }

  describe(): ResourceSummary[] {
    return this.#apis.describe("REST API");
  }
}
