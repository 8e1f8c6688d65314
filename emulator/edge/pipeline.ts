import { AwsError } from "../core/errors.ts";
import type { ProtocolName, Service } from "../core/service.ts";
import type { EdgeOptions } from "./edge.ts";
import type { Exchange } from "./exchange.ts";
import { guardHost, isForeign, pageRefused } from "./guard.ts";
import { inflated } from "./inflate.ts";
import { awsJson } from "./protocols/aws-json.ts";
import { awsJson10 } from "./protocols/aws-json-1-0.ts";
import { awsQuery } from "./protocols/aws-query.ts";
import type { Protocol } from "./protocols/protocol.ts";
import { restJson } from "./protocols/rest-json.ts";
import { restXml } from "./protocols/rest-xml.ts";
import { rpcV2Cbor } from "./protocols/rpc-v2-cbor.ts";
import type { Router } from "./route.ts";
import { accountOf, type CredentialScope, credentialScope } from "./sigv4.ts";
import { validate } from "./validate.ts";

export const protocols: Readonly<Record<ProtocolName, Protocol>> = {
  "aws-json-1.1": awsJson,
  "aws-json-1.0": awsJson10,
  "rpc-v2-cbor": rpcV2Cbor,
  "aws-query": awsQuery,
  "rest-json": restJson,
  "rest-xml": restXml,
};

type Step = (exchange: Exchange) => undefined | void | Promise<void>;

/**
 * The steps a request takes, in order. The first that has an answer ends the journey, and one that throws
 * ends it with an error.
 */
export function pipeline(
  { router, services }: { router: Router; services: readonly Service[] },
  options: EdgeOptions,
): readonly Step[] {
  const { clock, allowedHosts, defaultRegion } = options;
  const serving = services.filter(({ serve, remote }) => serve && !remote);

  return [
    function admit(exchange) {
      guardHost(exchange.request, allowedHosts);
      exchange.isForeign = isForeign(exchange.request, allowedHosts);
    },

    function identify(exchange) {
      exchange.signed = credentialScope(exchange.request, defaultRegion);
    },

    function inflate(exchange) {
      exchange.request = inflated(exchange.request, known(exchange.signed)) ?? exchange.request;
    },

    function serve(exchange) {
      const { request, isForeign = false } = exchange;
      for (const service of serving) {
        exchange.server = service;
        const served = service.serve?.(request, { isForeign });
        if (!served) continue;
        // What a preflight answers says itself who may ask.
        if (isForeign && request.method !== "OPTIONS") throw pageRefused(request);
        return Promise.resolve(served).then((response) => {
          exchange.response = response;
        });
      }
      exchange.server = undefined;
      return undefined;
    },

    async function route(exchange) {
      const { request } = exchange;
      const signed = known(exchange.signed);
      exchange.target = await router.route(request, signed);
      if (exchange.isForeign && !admits(exchange)) throw pageRefused(request);
      if (exchange.target) return;
      exchange.response = await options.elsewhere?.(request, signed);
      if (!exchange.response) throw unknownOperation(request, signed);
    },

    function passOnWhatIsAbsent(exchange) {
      const { service, operation, operationName } = known(exchange.target);
      if (operation) return undefined;
      if (!service.remote) throw notEmulated(service.name, operationName);
      const forwarded = service.remote.forward(
        exchange.request,
        known(exchange.signed),
        clock.now(),
      );
      return forwarded.then((response) => {
        exchange.response = response;
      });
    },

    function prepare(exchange) {
      const { service } = known(exchange.target);
      const prepared = service.prepare?.(exchange.request, clock.now());
      if (prepared) exchange.request = { ...exchange.request, ...prepared };
    },

    function bound({ request, target }) {
      const { maxBodyBytes } = known(target).service;
      if (request.body.length > maxBodyBytes) throw tooLarge(maxBodyBytes);
    },

    function read(exchange) {
      const { protocol: name, operation, labels } = known(exchange.target);
      const protocol = protocols[name];
      const checked = protocol.readChecked?.(known(operation), exchange.request);
      const input = checked ?? protocol.readInput(known(operation), exchange.request, labels);
      exchange.input = input as Record<string, unknown>;
      exchange.isChecked = checked !== undefined;
    },

    function check({ target, input, isChecked }) {
      const { operation, service } = known(target);
      if (!isChecked) validate(known(operation), known(input), service.validationCode);
    },

    async function perform(exchange) {
      const { service, operation } = known(exchange.target);
      const { accessKeyId, region } = known(exchange.signed);
      exchange.call = {
        accountId: accountOf(accessKeyId),
        region,
        caller: accessKeyId,
        requestId: exchange.requestId,
        clock,
        signal: exchange.request.signal,
      };
      exchange.output = await known(operation).handle(
        service.engine,
        known(exchange.input),
        exchange.call,
      );
    },

    function write(exchange) {
      const { protocol, operation } = known(exchange.target);
      exchange.response = protocols[protocol].writeOutput(
        known(operation),
        exchange.output,
        exchange,
      );
    },
  ];
}

/** Whether the service that the request is for lets pages of other origins in. */
function admits({ request, target }: Exchange): boolean {
  const service = target?.service;
  return !service?.remote && service?.cors?.admitsForeign(request) === true;
}

/** What an earlier step has filled in. */
function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("a pipeline step ran before the step it builds on");
  return value;
}

/** The error for an operation that AWS has and the tank has not. */
export function notEmulated(service: string, operation: string): AwsError {
  return new AwsError(
    "NotImplemented",
    `${operation} is not emulated by Wavetank; see emulator/services/${service}/README.md`,
    { status: 501 },
  );
}

function unknownOperation(
  { method, path, headers }: Exchange["request"],
  { service }: CredentialScope,
): AwsError {
  const what = headers["x-amz-target"] ?? `${service ? `${service}: ` : ""}${method} ${path}`;
  return new AwsError("UnknownOperationException", `Unknown operation: ${what}`, { status: 400 });
}

function tooLarge(maxBytes: number): AwsError {
  return new AwsError("RequestEntityTooLargeException", `Request exceeds ${maxBytes} bytes`, {
    status: 413,
  });
}
