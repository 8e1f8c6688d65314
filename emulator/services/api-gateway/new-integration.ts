import { notEmulated, uriInvalid } from "./errors.ts";
import { functionArnOf } from "./integrations/function-uri.ts";
import { DEFAULT_TIMEOUT_MS } from "./limits.ts";
import { mappingTemplate } from "./model/mapping-template.ts";
import type { Integration, IntegrationResponse } from "./model/rest-api.ts";

/** An integration as operations and OpenAPI documents give it, names brought together. */
export interface GivenIntegration {
  readonly type: string | undefined;
  readonly uri?: string | undefined;
  readonly httpMethod?: string | undefined;
  readonly requestTemplates?: Readonly<Record<string, string>> | undefined;
  readonly passthroughBehavior?: string | undefined;
  readonly timeoutInMillis?: number | undefined;
  readonly responses?: Readonly<Record<string, IntegrationResponse>> | undefined;
}

const TYPES = ["AWS_PROXY", "AWS", "MOCK"] as const;
const PASSTHROUGH = ["WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"] as const;

/** Reads an integration; templates are read here too, so that a fault shows when it is made. */
export function newIntegration(given: GivenIntegration): Integration {
  const type = TYPES.find((one) => one === given.type?.toUpperCase());
  if (!type) throw notEmulated(`An integration of type ${given.type}`);
  const passthrough = (given.passthroughBehavior ?? "WHEN_NO_MATCH").toUpperCase();
  const passthroughBehavior = PASSTHROUGH.find((one) => one === passthrough);
  if (!passthroughBehavior) throw notEmulated(`passthroughBehavior ${passthrough}`);
  const names = given.uri?.includes("${stageVariables.") || functionArnOf(given.uri ?? "");
  if (type !== "MOCK" && !names) throw uriInvalid();
  const { requestTemplates = {}, responses = {} } = given;
  for (const template of Object.values(requestTemplates)) mappingTemplate(template);
  for (const response of Object.values(responses)) checkResponse(response);
  return {
    type,
    uri: given.uri,
    httpMethod: given.httpMethod?.toUpperCase(),
    requestTemplates,
    passthroughBehavior,
    timeoutInMillis: given.timeoutInMillis ?? DEFAULT_TIMEOUT_MS,
    responses,
  };
}

/** Headers may be texts; what would be taken from the integration's response is not read. */
export function checkResponse({
  selectionPattern,
  responseTemplates,
  responseParameters,
}: IntegrationResponse): void {
  if (!isPattern(selectionPattern)) throw notEmulated(`selectionPattern ${selectionPattern}`);
  for (const template of Object.values(responseTemplates)) {
    if (template) mappingTemplate(template);
  }
  for (const [target, source] of Object.entries(responseParameters)) {
    if (!/^'.*'$/s.test(source)) throw notEmulated(`${target} taken from ${source}`);
  }
}

function isPattern(text: string | undefined): boolean {
  try {
    return text === undefined || new RegExp(text) !== undefined;
  } catch {
    return false;
  }
}
