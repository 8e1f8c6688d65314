import { suggestion } from "./nearest.ts";
import { type Dict, dict, member, type Node, type Position } from "./node.ts";
import type { Report } from "./problem.ts";
import type { Declaration } from "./resource-type.ts";

// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-api.html
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-httpapi.html

interface ApiEventKind {
  readonly properties: readonly string[];
  readonly notEmulated: readonly string[];
  readonly required: readonly string[];
}

const KINDS = {
  Api: {
    properties: ["Path", "Method", "RestApiId", "TimeoutInMillis"],
    notEmulated: ["Auth", "RequestModel", "RequestParameters", "ResponseTransferMode"],
    required: ["Path", "Method"],
  },
  HttpApi: {
    properties: ["Path", "Method", "ApiId", "PayloadFormatVersion", "TimeoutInMillis"],
    notEmulated: ["Auth", "RouteSettings"],
    required: [],
  },
} as const satisfies Record<string, ApiEventKind>;

export type ApiEventType = keyof typeof KINDS;

/** A function's event as a declaration that the API it belongs to takes up. */
export function apiEventType(type: ApiEventType): string {
  return `AWS::Serverless::Function ${type}`;
}

/** Reads an event of type Api or HttpApi. */
export function apiEvent(
  node: Node,
  {
    type,
    name,
    at,
    arn,
    declared,
    report,
  }: {
    type: ApiEventType;
    name: string;
    at: Position;
    /** Of the function, or of its alias that is invoked. */
    arn: Node;
    declared: Declaration;
    report: Report;
  },
): Declaration {
  const given = member(node, "Properties");
  const properties: Dict = given?.kind === "map" ? given : dict({}, at);
  const kind: ApiEventKind = KINDS[type];
  const logicalId = declared.owner;
  for (const [key, { at: where }] of properties.entries) {
    if (kind.properties.includes(key)) continue;
    const known = kind.notEmulated.includes(key);
    const text = known
      ? `${key} of an event of type ${type} is not emulated.`
      : `unknown property "${key}" of the ${type} event ${name}.`;
    const hint = known
      ? "Remove it."
      : suggestion(key, { among: kind.properties, noun: "properties" });
    report.unknown({ at: where, logicalId, text, hint });
  }
  for (const key of kind.required) {
    if (properties.entries.has(key)) continue;
    const hint = key === "Path" ? "Write Path: /{proxy+}." : "Write Method: ANY.";
    report.fault({ at: properties.at, logicalId, text: `the event ${name} needs ${key}.`, hint });
  }
  const entries = new Map(properties.entries);
  entries.set(INVOKED, { at, value: arn });
  return {
    ...declared,
    logicalId: `${declared.logicalId}${name}`,
    type: apiEventType(type),
    at,
    properties: { ...properties, entries },
    dependsOn: [],
    metadata: undefined,
  };
}

/** Beside an event's own properties: the ARN of what it invokes. */
const INVOKED = "Wavetank::InvokedArn";

export function invokedArn({ properties, at }: Declaration): Node {
  return member(properties, INVOKED) ?? dict({}, at);
}
