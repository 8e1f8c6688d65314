import {
  type EventKind,
  eventProperties,
  type FunctionEvent,
  ofEvent,
} from "./event-properties.ts";
import { dict, member, type Node } from "./node.ts";
import type { Declaration } from "./resource-type.ts";

// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-api.html
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-httpapi.html

const KINDS = {
  Api: {
    properties: ["Path", "Method", "RestApiId", "TimeoutInMillis"],
    notEmulated: ["Auth", "RequestModel", "RequestParameters", "ResponseTransferMode"],
    required: ["Path", "Method"],
    examples: { Path: "Path: /{proxy+}", Method: "Method: ANY" },
  },
  HttpApi: {
    properties: ["Path", "Method", "ApiId", "PayloadFormatVersion", "TimeoutInMillis"],
    notEmulated: ["Auth", "RouteSettings"],
    required: [],
  },
} as const satisfies Record<string, EventKind>;

export type ApiEventType = keyof typeof KINDS;

/** A function's event as a declaration that the API it belongs to takes up. */
export function apiEventType(type: ApiEventType): string {
  return `AWS::Serverless::Function ${type}`;
}

/** Reads an event of type Api or HttpApi. */
export function apiEvent(node: Node, type: ApiEventType, event: FunctionEvent): Declaration {
  const properties = eventProperties(node, { type, kind: KINDS[type], event });
  const entries = new Map(properties.entries);
  entries.set(INVOKED, { at: event.at, value: event.arn });
  return ofEvent(event, { type: apiEventType(type), properties: { ...properties, entries } });
}

/** Beside an event's own properties: the ARN of what it invokes. */
const INVOKED = "Wavetank::InvokedArn";

export function invokedArn({ properties, at }: Declaration): Node {
  return member(properties, INVOKED) ?? dict({}, at);
}
