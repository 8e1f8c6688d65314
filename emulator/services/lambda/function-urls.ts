import { createHash } from "node:crypto";
import type { TankContext } from "../../core/context.ts";
import type { WireRequest, WireResponse } from "../../core/wire.ts";
import { answerV2 } from "../../gateway/answer-v2.ts";
import { type Cors, preflight, withCors } from "../../gateway/cors.ts";
import type { Functions as Invoked } from "../../gateway/functions.ts";
import { incomingOf } from "../../gateway/incoming.ts";
import { newInvocation } from "../../gateway/invocation.ts";
import { eventV2 } from "../../gateway/payload-v2.ts";
import { functionUrlExists, functionUrlNotFound } from "./errors.ts";
import type { Functions } from "./functions.ts";
import { MAX_SYNC_BYTES } from "./limits.ts";
import type { LambdaFunction } from "./model/function.ts";
import { functionArn } from "./model/function-reference.ts";

// https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html

/** A function's own address. */
export interface FunctionUrl {
  readonly id: string;
  readonly fn: LambdaFunction;
  /** An alias; absent for the function itself. */
  readonly qualifier: string | undefined;
  readonly arn: string;
  readonly authType: "NONE" | "AWS_IAM";
  readonly cors: Cors | undefined;
  readonly createdAt: number;
}

/** The URLs of functions, and the requests to them. */
export class FunctionUrls {
  readonly #context: TankContext;
  readonly #functions: Functions;
  readonly #invoked: Invoked;
  /** By id. */
  readonly #urls = new Map<string, FunctionUrl>();

  constructor(context: TankContext, needs: { functions: Functions; invoked: Invoked }) {
    this.#context = context;
    this.#functions = needs.functions;
    this.#invoked = needs.invoked;
  }

  create(
    fn: LambdaFunction,
    { qualifier, ...settings }: Pick<FunctionUrl, "qualifier" | "authType" | "cors">,
  ): FunctionUrl {
    const arn = functionArn(fn.scope, fn.name, qualifier);
    const id = idOf(arn);
    if (this.#live(id)) throw functionUrlExists(arn);
    const createdAt = this.#context.clock.now();
    const url = { ...settings, id, fn, qualifier, arn, createdAt };
    this.#urls.set(id, url);
    return url;
  }

  /** @throws AwsError ResourceNotFoundException when the function has no URL */
  get(fn: LambdaFunction, qualifier: string | undefined): FunctionUrl {
    const url = this.#live(idOf(functionArn(fn.scope, fn.name, qualifier)));
    if (!url) throw functionUrlNotFound();
    return url;
  }

  /** A function's URLs: its own first, then its aliases'. */
  list(fn: LambdaFunction): FunctionUrl[] {
    const urls = [...this.#urls.values()].filter(({ fn: { family } }) => family === fn.family);
    return urls.sort((a, b) => (a.arn < b.arn ? -1 : 1));
  }

  delete(url: FunctionUrl): void {
    this.#urls.delete(url.id);
  }

  clear(): void {
    this.#urls.clear();
  }

  /** Answers a request to a URL, if it is here. @param named its id, or the function's name */
  serve(named: string, request: WireRequest, path: string): Promise<WireResponse> | undefined {
    const byName = [...this.#urls.values()].find(
      ({ fn, qualifier }) => fn.name === named && qualifier === undefined,
    );
    const url = this.#live(named) ?? (byName && this.#live(byName.id));
    return url && this.#serve(url, request, path);
  }

  async #serve(url: FunctionUrl, request: WireRequest, path: string): Promise<WireResponse> {
    const { scope } = url.fn;
    const invocation = newInvocation(this.#context.clock.now(), {
      scope,
      id: url.id,
      stage: "$default",
      domainName: `${url.id}.lambda-url.${scope.region}.on.aws`,
    });
    const incoming = incomingOf(request, path);
    const early = url.cors && preflight(url.cors, incoming);
    if (early) return early;
    const event = eventV2(incoming, { routeKey: "$default", pathParameters: {} }, invocation);
    const answered =
      request.body.length > MAX_SYNC_BYTES
        ? failure(413, "Request Entity Too Large")
        : await this.#invoke(url, JSON.stringify(event));
    const headers = {
      ...answered.headers,
      "x-amzn-requestid": invocation.requestId,
      "x-amzn-trace-id": invocation.traceId,
    };
    const response = { ...answered, headers };
    return url.cors ? withCors(response, url.cors, incoming) : response;
  }

  async #invoke({ arn }: FunctionUrl, payload: string): Promise<WireResponse> {
    try {
      const result = await this.#invoked.invoke(arn, payload);
      const answered = result.functionError ? undefined : answerV2(result.payload);
      return answered ?? failure(502, "Internal Server Error");
    } catch {
      return failure(500, "Internal Server Error");
    }
  }

  /** A URL goes with its function, and with the alias that it invokes. */
  #live(id: string): FunctionUrl | undefined {
    const url = this.#urls.get(id);
    if (!url) return undefined;
    const { name, scope, family } = url.fn;
    const reference = { name, qualifier: undefined, ...scope };
    const isThere = url.qualifier === undefined || family.aliases.has(url.qualifier);
    if (isThere && this.#functions.get(reference, scope)?.family === family) return url;
    this.#urls.delete(id);
    return undefined;
  }
}

/** UNCONFIRMED: the words, and that no JSON is around them. */
function failure(status: number, body: string): WireResponse {
  return { status, headers: { "content-type": "application/json" }, body };
}

/** DIFFERS: derived from the function's ARN, so that a redeploy finds the same address. */
function idOf(arn: string): string {
  const digest = createHash("sha256").update(arn).digest("hex");
  return BigInt(`0x${digest}`).toString(36).padStart(32, "0").slice(0, 32);
}
