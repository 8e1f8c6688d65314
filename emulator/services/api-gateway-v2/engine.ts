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
  integrationInUse,
  integrationNotFound,
  routeExists,
  routeKeyInvalid,
  routeNotFound,
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
    const { timeoutMs = MAX_TIMEOUT_MS, uri } = given;
    const integration = { ...given, timeoutMs, functionArn: functionArnIn(uri), id: newId(7) };
    api.integrations.set(integration.id, integration);
    return integration;
  }

  /** What is not given stays. @throws AwsError NotFoundException, BadRequestException */
  updateIntegration(
    api: HttpApi,
    given: {
      id: string;
      uri: string | undefined;
      payloadFormatVersion: "1.0" | "2.0" | undefined;
      timeoutMs: number | undefined;
    },
  ): Integration {
    const before = api.integrations.get(given.id);
    if (!before) throw integrationNotFound(given.id);
    const {
      uri = before.uri,
      payloadFormatVersion = before.payloadFormatVersion,
      timeoutMs = before.timeoutMs,
    } = given;
    const functionArn = functionArnIn(uri);
    const integration = { id: before.id, uri, functionArn, payloadFormatVersion, timeoutMs };
    api.integrations.set(integration.id, integration);
    return integration;
  }

  /** @throws AwsError NotFoundException, ConflictException while a route leads to it */
  removeIntegration(api: HttpApi, id: string): void {
    if (!api.integrations.has(id)) throw integrationNotFound(id);
    const route = [...api.routes.values()].find(({ integrationId }) => integrationId === id);
    if (route) throw integrationInUse(id, route.id);
    api.integrations.delete(id);
  }

  /** @throws AwsError NotFoundException */
  route(api: HttpApi, id: string): Route {
    const route = [...api.routes.values()].find((one) => one.id === id);
    if (!route) throw routeNotFound(id);
    return route;
  }

  addRoute(api: HttpApi, { key, target }: { key: string; target?: string | undefined }): Route {
    if (api.routes.has(key)) throw routeExists(key);
    const route = { id: newId(7), ...this.#leading(api, { key, target }) };
    api.routes.set(key, route);
    return route;
  }

  /** What is not given stays. @throws AwsError NotFoundException, ConflictException */
  updateRoute(
    api: HttpApi,
    given: { id: string; key: string | undefined; target: string | undefined },
  ): Route {
    const before = this.route(api, given.id);
    const { key = before.key } = given;
    if (key !== before.key && api.routes.has(key)) throw routeExists(key);
    const led = this.#leading(api, { key, target: given.target ?? before.integrationId });
    const route = { id: before.id, ...led };
    api.routes.delete(before.key);
    api.routes.set(key, route);
    return route;
  }

  #leading(
    api: HttpApi,
    { key, target }: { key: string; target?: string | undefined },
  ): Omit<Route, "id"> {
    const [, method, path = "/"] = ROUTE_KEY.exec(key) ?? [];
    if (method === undefined && key !== "$default") throw routeKeyInvalid(key);
    const integrationId = target?.replace(/^integrations\//, "");
    if (integrationId !== undefined && !api.integrations.has(integrationId)) {
      throw integrationNotFound(integrationId);
    }
    return { key, method, pattern: pathPattern(path), integrationId };
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

/** The function that an integration names. @throws AwsError BadRequestException */
function functionArnIn(uri: string): string {
  const arn = FUNCTION_URI.exec(uri)?.[1];
  if (!arn) throw uriInvalid();
  return arn;
}
