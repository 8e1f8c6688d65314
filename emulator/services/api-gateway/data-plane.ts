import type { Clock } from "../../core/clock.ts";
import type { MetricSink } from "../../core/metrics.ts";
import type { WireRequest, WireResponse } from "../../core/wire.ts";
import type { Functions } from "../../gateway/functions.ts";
import { header, type Incoming, type Invocation, incomingOf } from "../../gateway/incoming.ts";
import { newInvocation } from "../../gateway/invocation.ts";
import { ApiMetering } from "../../gateway/metering.ts";
import { bestMatch } from "../../gateway/route-match.ts";
import {
  forbidden,
  gatewayAnswer,
  internalServerError,
  missingAuthenticationToken,
  requestTooLarge,
  withIds,
} from "./answers.ts";
import type { IntegrationCall } from "./integrations/integration-call.ts";
import { lambdaCustom } from "./integrations/lambda-custom.ts";
import { lambdaProxy } from "./integrations/lambda-proxy.ts";
import { isBinaryType } from "./integrations/media-types.ts";
import { mock } from "./integrations/mock.ts";
import { MAX_PAYLOAD_BYTES } from "./limits.ts";
import type { Deployment, RestApi } from "./model/rest-api.ts";

const INTEGRATIONS = { AWS_PROXY: lambdaProxy, AWS: lambdaCustom, MOCK: mock } as const;

interface Needs {
  readonly clock: Clock;
  readonly functions: Functions;
}

/**
 * AWS's own metrics of REST APIs; those of single methods are for stages that ask for them in detail.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
export const restApiMetering = (sink: MetricSink | undefined) =>
  new ApiMetering<RestApi>(sink, {
    clientErrors: "4XXError",
    serverErrors: "5XXError",
    countsBytes: false,
    dimensions: ({ name }) => ({ ApiName: name }),
  });

/** Answers a request to a REST API. @param path with the stage, which no API is without */
export async function serveRestApi(
  api: RestApi,
  {
    request,
    path,
    needs,
    metering,
  }: { request: WireRequest; path: string; needs: Needs; metering: ApiMetering<RestApi> },
): Promise<WireResponse> {
  const [, stageName = "", rest = ""] = /^\/+([^/]*)(.*)$/s.exec(path) ?? [];
  const stage = api.stages.get(stageName);
  const deployment = stage && api.deployments.get(stage.deploymentId);
  const { region } = api.scope;
  const invocation = newInvocation(needs.clock.now(), {
    scope: api.scope,
    id: api.id,
    stage: stageName,
    stageVariables: stage?.variables ?? {},
    domainName: `${api.id}.execute-api.${region}.amazonaws.com`,
  });
  const incoming = incomingOf(request, rest === "" ? "/" : rest);
  const metered = metering.begin(needs);
  const { clock } = needs;
  const answer = async () => {
    if (!deployment) return gatewayAnswer(forbidden);
    if (request.body.length > MAX_PAYLOAD_BYTES) return gatewayAnswer(requestTooLarge);
    return await integrate(api, {
      deployment,
      incoming,
      invocation,
      needs: { clock, functions: metered },
    });
  };
  const response = withIds(await answer(), invocation);
  if (stage) {
    const endedAt = clock.now();
    metering.answered(api, { stage: stageName, metered, endedAt, received: request, response });
  }
  return response;
}

function integrate(
  { binaryMediaTypes }: RestApi,
  arrived: { deployment: Deployment; incoming: Incoming; invocation: Invocation; needs: Needs },
): WireResponse | Promise<WireResponse> {
  const { deployment, incoming, invocation, needs } = arrived;
  const found = bestMatch(deployment.routes, incoming.path);
  const methods = found?.route.resource.methods ?? {};
  const method = Object.hasOwn(methods, incoming.method) ? methods[incoming.method] : methods.ANY;
  if (!found || !method) return gatewayAnswer(missingAuthenticationToken);
  const { integration } = method;
  if (!integration) return gatewayAnswer(internalServerError);
  const call: IntegrationCall = {
    integration,
    incoming,
    invocation,
    binaryMediaTypes,
    ...needs,
    matched: {
      resourceId: found.route.resource.id,
      resource: found.route.resource.path,
      pathParameters: found.pathParameters,
      deploymentId: deployment.id,
      isBinary: isBinaryType(header(incoming, "content-type") ?? DEFAULT_TYPE, binaryMediaTypes),
    },
  };
  return INTEGRATIONS[integration.type](call);
}

const DEFAULT_TYPE = "application/json";
