import type { ProtocolName, QueryBinding, Service } from "../core/service.ts";
import type { Route, WireRequest } from "../core/wire.ts";
import { queryForm } from "./protocols/aws-query.ts";
import type { Target } from "./protocols/protocol.ts";
import { httpTrait } from "./protocols/rest-json.ts";
import type { CredentialScope } from "./sigv4.ts";

/** A path pattern of a REST operation, compiled from its published HTTP binding. */
interface Pattern {
  readonly operation: string;
  readonly method: string;
  readonly path: RegExp;
  readonly labels: readonly string[];
  /** How much of the pattern is literal: `/functions/` beats `/functions/{FunctionName}`. */
  readonly literalLength: number;
  readonly query: readonly (readonly [string, string])[];
}

/** Finds the service and operation a request is for, the way AWS's own front doors would. */
export class Router {
  readonly #byTarget = new Map<string, Service>();
  readonly #query: readonly (Service & { readonly query: QueryBinding })[];
  readonly #rest: readonly { service: Service; patterns: readonly Pattern[] }[];
  readonly #maxRestBytes: number;
  /** Routes of all that AWS has, by service; loaded when first needed. */
  readonly #models = new Map<Service, Promise<readonly Pattern[]>>();

  constructor(services: readonly Service[]) {
    const rest = [];
    for (const service of services) {
      if (service.protocol.startsWith("aws-json")) this.#byTarget.set(service.target, service);
      else {
        const patterns = service.route ? [] : patternsOf(schemasOf(service));
        rest.push({ service, patterns });
      }
    }
    this.#rest = rest;
    this.#query = services.filter((service) => service.query !== undefined) as never;
    this.#maxRestBytes = Math.max(...rest.map(({ service }) => service.maxBodyBytes), 0);
  }

  /** How large a body may be, as far as the headers tell which service it is for. */
  maxBodyBytes(headers: WireRequest["headers"]): number {
    const target = headers["x-amz-target"];
    const named =
      target === undefined ? undefined : this.#byTarget.get(target.split(".", 1)[0] ?? "");
    return named?.maxBodyBytes ?? this.#maxRestBytes;
  }

  /**
   * `undefined` when no service here knows the operation. One that AWS has and the tank has not is known by
   * name.
   */
  async route(request: WireRequest, signed: CredentialScope): Promise<Target | undefined> {
    const header = request.headers["x-amz-target"];
    if (header !== undefined) return this.#routeTarget(header);
    if (request.headers["smithy-protocol"] === "rpc-v2-cbor") return this.#routeRpcCbor(request);
    const query = await this.#routeQuery(request, signed);
    if (query) return query;
    for (const { service, patterns } of this.#rest) {
      const route = service.route
        ? isForS3(request, signed) && service.route(request)
        : match(patterns, request);
      if (route) return targetOf(service, route);
    }
    return this.#unserved(request);
  }

  async #routeTarget(header: string): Promise<Target | undefined> {
    const dot = header.indexOf(".");
    const service = this.#byTarget.get(header.slice(0, dot));
    return service && named(service, service.protocol, header.slice(dot + 1));
  }

  async #routeRpcCbor({ path }: WireRequest): Promise<Target | undefined> {
    const [, target = "", operationName = ""] = RPC_PATH.exec(path) ?? [];
    const service = this.#byTarget.get(target);
    return service?.speaksRpcCbor ? named(service, "rpc-v2-cbor", operationName) : undefined;
  }

  async #routeQuery(request: WireRequest, signed: CredentialScope): Promise<Target | undefined> {
    const { path } = request;
    const served = this.#query.filter(
      ({ query }) => path === "/" || query.resourcePath?.test(path),
    );
    if (served.length === 0) return undefined;
    const form = queryForm(request);
    const action = form?.get("Action");
    if (!action) return undefined;
    const version = form?.get("Version");
    const service = served.find(({ query }) =>
      signed.service === "" ? query.version === version : query.signingName === signed.service,
    );
    const target = service && (await named(service, "aws-query", action));
    return target && { ...target, labels: { ...service.query.resourcePath?.exec(path)?.groups } };
  }

  /** No route of ours: AWS's whole model may know the operation, and then it is named. */
  async #unserved(request: WireRequest): Promise<Target | undefined> {
    for (const { service } of this.#rest) {
      if (service.route) continue;
      const route = match(await this.#modelled(service), request);
      if (route) return targetOf(service, route);
    }
    return undefined;
  }

  #modelled(service: Service): Promise<readonly Pattern[]> {
    let patterns = this.#models.get(service);
    if (!patterns) {
      patterns = service.model().then((model) => patternsOf(Object.entries(model)));
      this.#models.set(service, patterns);
    }
    return patterns;
  }
}

/** `/service/GraniteServiceVersion20100801/operation/PutMetricData` */
const RPC_PATH = /^\/service\/([^/]+)\/operation\/([^/]+)$/;

/** The operation of this name, if AWS's service has it. */
async function named(
  service: Service,
  protocol: ProtocolName,
  operation: string,
): Promise<Target | undefined> {
  const target = targetOf(service, { operation, labels: {} }, protocol);
  const isKnown = target.operation || isOperation((await service.model())[`${operation}$`]);
  return isKnown ? target : undefined;
}

function targetOf(
  service: Service,
  { operation, labels }: Route,
  protocol: ProtocolName = service.protocol,
): Target {
  return {
    service,
    protocol,
    operationName: operation,
    operation: Object.hasOwn(service.operations, operation)
      ? service.operations[operation]
      : undefined,
    labels,
  };
}

/** S3 takes every path, so it must be meant: by its signature, or by a request that nobody signed. */
function isForS3(request: WireRequest, signed: CredentialScope): boolean {
  return (
    signed.service === "s3" ||
    (signed.service === "" && request.headers.authorization === undefined)
  );
}

function schemasOf(service: Service): [string, unknown][] {
  return Object.entries(service.operations).map(([name, { schema }]) => [name, schema]);
}

/** Whether a member of AWS's published model is an operation, and no structure or client of that name. */
function isOperation(schema: unknown): schema is readonly unknown[] {
  return Array.isArray(schema) && schema[0] === 9;
}

function patternsOf(schemas: readonly (readonly [string, unknown])[]): Pattern[] {
  const patterns: Pattern[] = [];
  for (const [, schema] of schemas) {
    const binding = isOperation(schema) ? httpTrait(schema) : undefined;
    if (isOperation(schema) && binding) patterns.push(compile(String(schema[2]), binding));
  }
  return patterns.sort((a, b) => b.literalLength - a.literalLength);
}

function compile(operation: string, [method, uri]: [string, string, number]): Pattern {
  const [path = "", search = ""] = uri.split("?");
  const labels: string[] = [];
  const source = path.replace(/\{(\w+)(\+?)\}|[.*+?^${}()|[\]\\]/g, (token, label, greedy) => {
    if (!label) return `\\${token}`;
    labels.push(label);
    return greedy ? "(.+)" : "([^/]+)";
  });
  return {
    operation,
    method,
    path: new RegExp(`^${source}/?$`),
    labels,
    literalLength: path.replace(/\{[^}]*\}/g, "").length + search.length,
    query: [...new URLSearchParams(search)],
  };
}

function match(patterns: readonly Pattern[], request: WireRequest): Route | undefined {
  for (const pattern of patterns) {
    if (pattern.method !== request.method) continue;
    const found = pattern.path.exec(request.path);
    if (!found) continue;
    const hasQuery = pattern.query.every(
      ([name, value]) => request.query.has(name) && (!value || request.query.get(name) === value),
    );
    if (!hasQuery) continue;
    const labels = labelsOf(pattern, found);
    if (labels) return { operation: pattern.operation, labels };
  }
  return undefined;
}

/** What stands in the labels' places, without its percent-encoding; `undefined` when that is broken. */
function labelsOf(pattern: Pattern, found: RegExpExecArray): Route["labels"] | undefined {
  const labels: Record<string, string> = {};
  try {
    pattern.labels.forEach((label, index) => {
      const text = found[index + 1] ?? "";
      labels[label] = text.includes("%") ? decodeURIComponent(text) : text;
    });
  } catch {
    return undefined;
  }
  return labels;
}
