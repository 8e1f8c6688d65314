import { randomUUID } from "node:crypto";
import type { Clock } from "../core/clock.ts";
import { AwsError, messageOf } from "../core/errors.ts";
import type { Events } from "../core/events.ts";
import type { Scope, Service } from "../core/service.ts";
import type { RequestHead, WireRequest, WireResponse } from "../core/wire.ts";
import type { Exchange } from "./exchange.ts";
import { guardHost, isForeign } from "./guard.ts";
import { modelledError } from "./modelled-error.ts";
import { closedToPages, openToPages } from "./pages.ts";
import { notEmulated, pipeline, protocols } from "./pipeline.ts";
import { awsJson } from "./protocols/aws-json.ts";
import { Router } from "./route.ts";
import type { CredentialScope } from "./sigv4.ts";
import { validate } from "./validate.ts";

/**
 * Answers a path of the tank's own, which is no AWS operation: health, status, stop. One that answers
 * nothing leaves the request to the services.
 */
export type LocalHandler = (
  request: WireRequest,
) => WireResponse | undefined | Promise<WireResponse | undefined>;

export interface EdgeOptions {
  readonly clock: Clock;
  readonly events: Events;
  /** Host names besides loopback ones that requests and web pages may come under. */
  readonly allowedHosts: ReadonlySet<string>;
  /** Asked for what no service here knows; nothing when nobody else may know it either. */
  readonly elsewhere?: (
    request: WireRequest,
    signed: CredentialScope,
  ) => Promise<WireResponse> | undefined;
  /** The region of requests that are not signed. */
  readonly defaultRegion: string;
  /** Keyed by method and path: "GET /_wavetank/health". */
  readonly local: Readonly<Record<string, LocalHandler>>;
  /**
   * Takes requests that are no calls of AWS's API, by path or host: those to functions behind a URL. Asked
   * of every request, so it must say no at once. Pages of other origins may ask where its CORS admits them.
   */
  readonly intercept?: (head: RequestHead) => LocalHandler | undefined;
}

/** Enough to take a refused request in and answer it in words. */
const REFUSED_BODY_BYTES = 64 * 1024;

/** The front door of every service: takes a request as it came over the wire, answers it. */
export class Edge {
  readonly #services: ReadonlyMap<string, Service>;
  readonly #router: Router;
  readonly #steps: ReturnType<typeof pipeline>;
  readonly #options: EdgeOptions;

  constructor(services: readonly Service[], options: EdgeOptions) {
    this.#services = new Map(services.map((service) => [service.name, service]));
    this.#router = new Router(services);
    this.#steps = pipeline({ router: this.#router, services }, options);
    this.#options = options;
  }

  /** How large a request's body may be, told by its head. What will be refused is not worth reading. */
  bodyLimit(head: RequestHead): number {
    const { allowedHosts } = this.#options;
    try {
      guardHost(head, allowedHosts);
    } catch {
      return REFUSED_BODY_BYTES;
    }
    const isRefused =
      isForeign(head, allowedHosts) &&
      !this.#options.intercept?.(head) &&
      ![...this.#services.values()].some(({ cors }) => cors?.admitsForeign(head));
    return isRefused ? REFUSED_BODY_BYTES : this.#router.maxBodyBytes(head.headers);
  }

  /** Answers one request; never rejects. The in-process twin of the port. */
  async handle(request: WireRequest): Promise<WireResponse> {
    const { clock, events, allowedHosts, intercept, local } = this.#options;
    const door = intercept?.(request);
    const own = door ? undefined : local[`${request.method} ${request.path}`];
    const handler = door
      ? openToPages(door, allowedHosts)
      : own && closedToPages(own, allowedHosts);
    const answered = handler && (await this.#handleLocal(handler, request));
    if (answered) return answered;
    const exchange: Exchange = { request, requestId: randomUUID(), startedAt: clock.now() };
    let fault: AwsError | undefined;
    try {
      for (const step of this.#steps) {
        if (exchange.response) break;
        const pending = step(exchange);
        if (pending) await pending;
      }
    } catch (thrown) {
      fault = this.#asAwsError(thrown);
      exchange.response = await this.#writeError(fault, exchange);
    }
    if (events.observed) this.#report(exchange, fault);
    return this.#withHeaders(exchange);
  }

  /**
   * Calls an operation by name, past the wire but not past its checks.
   * @throws AwsError what a client would be told
   */
  async call<Out>(
    serviceName: string,
    operationName: string,
    input: object,
    scope: Scope,
  ): Promise<Out> {
    const service = this.#services.get(serviceName);
    const operations = service?.operations ?? {};
    const operation = Object.hasOwn(operations, operationName)
      ? operations[operationName]
      : undefined;
    if (service?.remote && !operation) return service.remote.call(operationName, input, scope);
    if (!service || !operation) throw notEmulated(serviceName, operationName);
    validate(operation, input as Record<string, unknown>, service.validationCode);
    return operation.handle(service.engine, input, {
      ...scope,
      caller: "wavetank",
      requestId: randomUUID(),
      clock: this.#options.clock,
      signal: () => new AbortController().signal,
    });
  }

  async #handleLocal(
    handler: LocalHandler,
    request: WireRequest,
  ): Promise<WireResponse | undefined> {
    try {
      return await handler(request);
    } catch (thrown) {
      const { status = 500, message } = this.#asAwsError(thrown);
      const headers = { "content-type": "application/json" };
      return { status, headers, body: JSON.stringify({ message }) };
    }
  }

  #asAwsError(thrown: unknown): AwsError {
    if (thrown instanceof AwsError) return thrown;
    this.#options.events.emit({
      type: "warning",
      at: this.#options.clock.now(),
      message: `internal error: ${thrown instanceof Error ? thrown.stack : messageOf(thrown)}`,
    });
    return new AwsError("InternalFailure", "Internal Service Failure", { status: 500 });
  }

  async #writeError(
    error: AwsError,
    { request, requestId, target, server }: Exchange,
  ): Promise<WireResponse> {
    const service = target?.service ?? server;
    const protocolName = target?.protocol ?? server?.protocol;
    const protocol = protocolName ? protocols[protocolName] : awsJson;
    const followsModel = service !== undefined && protocol.errorsFollowModel;
    const modelled = followsModel ? await modelledError(service, error.code) : undefined;
    const status = error.status ?? modelled?.status ?? 400;
    const answered = new AwsError(error.code, error.message, { status, members: error.members });
    const written = protocol.writeError(answered as AwsError & { status: number }, {
      request,
      requestId,
      modelled,
      ...(target && { target }),
    });
    return { ...written, headers: { ...written.headers, ...error.headers } };
  }

  #withHeaders({ request, response, requestId, target, server }: Exchange): WireResponse {
    if (!response) throw new Error("the pipeline ended without an answer");
    const protocolName = target?.protocol ?? server?.protocol;
    const header = (protocolName ? protocols[protocolName] : awsJson).requestIdHeader;
    response.headers[header] ??= requestId;
    if (request.headers.origin !== undefined && target && !target.service.remote)
      Object.assign(response.headers, target.service.cors?.headersOf(request));
    return response;
  }

  #report(exchange: Exchange, fault: AwsError | undefined): void {
    const { clock, events } = this.#options;
    const { target, server, startedAt, requestId, request } = exchange;
    const summarize = target?.operation?.summarize;
    events.emit({
      type: "request",
      at: startedAt,
      service: (target?.service ?? server)?.name ?? exchange.signed?.service ?? "",
      operation:
        target?.operationName ??
        request.headers["x-amz-target"]?.split(".")[1] ??
        `${request.method} ${request.path}`,
      status: exchange.response?.status ?? 500,
      durationMs: clock.now() - startedAt,
      detail: fault
        ? `${fault.code}: ${fault.message}`
        : (summarize?.(exchange.input, exchange.output) ?? ""),
      requestId,
    });
  }
}
