import type { TankContext } from "../../core/context.ts";
import type { Engine, ResourceSummary, Scope } from "../../core/service.ts";
import type { WireRequest, WireResponse } from "../../core/wire.ts";
import { Apis } from "../../gateway/apis.ts";
import type { Cors } from "../../gateway/cors.ts";
import type { Functions } from "../../gateway/functions.ts";
import { newId } from "../../gateway/invocation.ts";
import { pathPattern } from "../../gateway/route-match.ts";
import { httpApiMetering, serveHttpApi } from "./data-plane.ts";
import {
  apiNotFound,
  integrationNotFound,
  routeExists,
  routeKeyInvalid,
  stageExists,
  uriInvalid,
} from "./errors.ts";
import { MAX_TIMEOUT_MS } from "./limits.ts";
import type { HttpApi, Integration, Route, Stage } from "./model/http-api.ts";

/** What the engine needs of the rest of the tank. */
export interface ApiGatewayV2Needs {
  /** Who runs the functions behind the APIs. */
  readonly functions: Functions;
}

const ROUTE_KEY = /^(GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS|ANY) (\/\S*)$/;
const FUNCTION_URI =
  /^(?:arn:aws[^:]*:apigateway:[^/]+:lambda:path\/[\d-]+\/functions\/)?(arn:aws[^:]*:lambda:[^/]+)(?:\/invocations)?$/;

/** HTTP APIs: their routes, integrations and stages, and the requests to them. */
export class ApiGatewayV2Engine implements Engine {
  readonly #context: TankContext;
  readonly #needs: ApiGatewayV2Needs;
  readonly #apis = new Apis<HttpApi>();
  readonly #metering: ReturnType<typeof httpApiMetering>;

  constructor(context: TankContext, needs: ApiGatewayV2Needs) {
    this.#context = context;
    this.#needs = needs;
    this.#metering = httpApiMetering(context.metrics);
  }

  create(
    { accountId, region }: Scope,
    settings: {
      name: string;
      description?: string | undefined;
      tags?: Readonly<Record<string, string>> | undefined;
      cors?: Cors | undefined;
    },
  ): HttpApi {
    const { name, description, tags = {}, cors } = settings;
    return this.#apis.add({
      id: this.#apis.idFor(tags),
      scope: { accountId, region },
      name,
      description,
      tags,
      cors,
      createdAt: this.#context.clock.now(),
      integrations: new Map(),
      routes: new Map(),
      stages: new Map(),
    });
  }

  /** @throws AwsError NotFoundException */
  api(id: string, scope: Scope): HttpApi {
    const api = this.#apis.get(id, scope);
    if (!api) throw apiNotFound(id);
    return api;
  }

  list(scope: Scope): HttpApi[] {
    return this.#apis.list(scope);
  }

  delete(api: HttpApi): void {
    this.#apis.delete(api);
  }

  addIntegration(
    api: HttpApi,
    given: { uri: string; payloadFormatVersion: "1.0" | "2.0"; timeoutMs?: number | undefined },
  ): Integration {
    const functionArn = FUNCTION_URI.exec(given.uri)?.[1];
    if (!functionArn) throw uriInvalid();
    const { timeoutMs = MAX_TIMEOUT_MS } = given;
    const integration = { ...given, timeoutMs, functionArn, id: newId(7) };
    api.integrations.set(integration.id, integration);
    return integration;
  }

  addRoute(api: HttpApi, { key, target }: { key: string; target?: string | undefined }): Route {
    const [, method, path = "/"] = ROUTE_KEY.exec(key) ?? [];
    if (method === undefined && key !== "$default") throw routeKeyInvalid(key);
    if (api.routes.has(key)) throw routeExists(key);
    const integrationId = target?.replace(/^integrations\//, "");
    if (integrationId !== undefined && !api.integrations.has(integrationId)) {
      throw integrationNotFound(integrationId);
    }
    const route = { id: newId(7), key, method, pattern: pathPattern(path), integrationId };
    api.routes.set(key, route);
    return route;
  }

  addStage(api: HttpApi, stage: Omit<Stage, "createdAt">): Stage {
    if (api.stages.has(stage.name)) throw stageExists();
    const added = { ...stage, createdAt: this.#context.clock.now() };
    api.stages.set(stage.name, added);
    return added;
  }

  /** Answers a request to an API, if it is here. @param path with the stage, if it is a named one */
  serve(id: string, request: WireRequest, path: string): Promise<WireResponse> | undefined {
    const api = this.#apis.find(id);
    const needs = { clock: this.#context.clock, functions: this.#needs.functions };
    return api && serveHttpApi(api, { request, path, needs, metering: this.#metering });
  }

  reset(): void {
    this.#apis.clear();
  }

  describe(): ResourceSummary[] {
    return this.#apis.describe("HTTP API");
  }
}
