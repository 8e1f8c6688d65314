import type { WireResponse } from "../../../core/wire.ts";
import { header } from "../../../gateway/incoming.ts";
import { requestContext } from "../../../gateway/payload-v1.ts";
import { mappingTemplate, type TemplateInput } from "../model/mapping-template.ts";
import type { IntegrationResponse } from "../model/rest-api.ts";
import type { IntegrationCall } from "./integration-call.ts";
import { mediaType } from "./media-types.ts";

// https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html

const DEFAULT_TYPE = "application/json";

/** The body for the integration; `undefined` when the request's content type is not taken. */
export function mappedRequest(call: IntegrationCall): string | undefined {
  const { integration, incoming } = call;
  const { requestTemplates, passthroughBehavior } = integration;
  const body = incoming.body.toString("utf8");
  const type = mediaType(header(incoming, "content-type") ?? DEFAULT_TYPE);
  const template = requestTemplates[type];
  if (template !== undefined) return mappingTemplate(template)(inputOf(call, body));
  const hasTemplates = Object.keys(requestTemplates).length > 0;
  const isPassed =
    passthroughBehavior === "WHEN_NO_MATCH" ||
    (passthroughBehavior === "WHEN_NO_TEMPLATES" && !hasTemplates);
  if (!isPassed) return undefined;
  return body === "" ? "{}" : body;
}

/** An integration's result as the method's response. */
export function mappedResponse(
  call: IntegrationCall,
  { chosen, body }: { chosen: IntegrationResponse; body: string },
): WireResponse {
  const { responseTemplates, responseParameters } = chosen;
  const [type = DEFAULT_TYPE] = Object.keys(responseTemplates);
  const template = responseTemplates[DEFAULT_TYPE] ?? responseTemplates[type];
  const headers: Record<string, string> = { "content-type": type };
  for (const [target, source] of Object.entries(responseParameters)) {
    const name = /^method\.response\.header\.(.+)$/.exec(target)?.[1];
    const literal = /^'(.*)'$/s.exec(source)?.[1];
    if (name && literal !== undefined) headers[name.toLowerCase()] = literal;
  }
  // An empty template stands for the result as it is.
  const mapped = template ? mappingTemplate(template)(inputOf(call, body)) : body;
  return { status: Number(chosen.statusCode), headers, body: mapped };
}

function inputOf({ incoming, matched, invocation }: IntegrationCall, body: string): TemplateInput {
  return {
    body,
    path: matched.pathParameters,
    querystring: Object.fromEntries(incoming.query),
    header: Object.fromEntries(incoming.headers),
    context: requestContext(incoming, matched, invocation),
    stageVariables: invocation.stageVariables,
  };
}
