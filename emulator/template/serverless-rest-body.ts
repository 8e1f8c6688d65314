import { call } from "./call-nodes.ts";
import { type Dict, dict, type Entry, list, member, type Node, scalar } from "./node.ts";
import type { Declaration } from "./resource-type.ts";
import { invokedArn } from "./serverless-api-events.ts";

// What SAM writes: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-api.html

const ANY = "x-amazon-apigateway-any-method";
const INTEGRATION = "x-amazon-apigateway-integration";
const ALL_METHODS = "DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT";

/** The OpenAPI document of a REST API: its DefinitionBody, its functions' events, and CORS. */
export function restApiBody(declared: Declaration, events: readonly Declaration[]): Dict {
  const { at, properties } = declared;
  const given = member(properties, "DefinitionBody");
  const base =
    given?.kind === "map"
      ? given
      : dict({ openapi: scalar("3.0.1", at), info: dict({ title: title(declared) }, at) }, at);
  const paths = new Map<string, Map<string, Entry>>();
  const written = member(base, "paths");
  for (const [path, { value }] of written?.kind === "map" ? written.entries : []) {
    if (value.kind === "map") paths.set(path, new Map(value.entries));
  }
  for (const event of events) addEvent(paths, event);
  const cors = member(properties, "Cors");
  if (cors) for (const methods of paths.values()) addPreflight(methods, cors);
  const merged = [...paths].map(([path, entries]) => [path, { kind: "map", at, entries } as Dict]);
  const entries = new Map(base.entries);
  entries.set("paths", { at, value: dict(Object.fromEntries(merged), at) });
  return { ...base, entries };
}

function title({ logicalId, properties, at }: Declaration): Node {
  return member(properties, "Name") ?? scalar(logicalId, at);
}

function addEvent(paths: Map<string, Map<string, Entry>>, event: Declaration): void {
  const { at, properties } = event;
  const [path, method] = ["Path", "Method"].map((name) => member(properties, name));
  if (path?.kind !== "scalar" || method?.kind !== "scalar") return;
  const verb = method.text.toLowerCase();
  const integration = dict(
    {
      type: scalar("aws_proxy", at),
      httpMethod: scalar("POST", at),
      uri: functionUri(invokedArn(event)),
      timeoutInMillis: member(properties, "TimeoutInMillis"),
    },
    at,
  );
  const methods = paths.get(path.text) ?? new Map<string, Entry>();
  methods.set(verb === "any" ? ANY : verb, { at, value: dict({ [INTEGRATION]: integration }, at) });
  paths.set(path.text, methods);
}

function functionUri(functionArn: Node): Node {
  const { at } = functionArn;
  const before = scalar("arn:aws:apigateway:", at);
  const between = scalar(":lambda:path/2015-03-31/functions/", at);
  // The region comes out of the function's own ARN, its fourth part.
  const parts = call("Fn::Split", [scalar(":", at), functionArn], at);
  const fourth = call("Fn::Select", [scalar(3, at), parts], at);
  const pieces = [before, fourth, between, functionArn, scalar("/invocations", at)];
  return call("Fn::Join", [scalar("", at), list(pieces, at)], at);
}

/** SAM's Cors: a mock that answers OPTIONS, where the path has no such method of its own. */
function addPreflight(methods: Map<string, Entry>, cors: Node): void {
  if (methods.has("options")) return;
  const { at } = cors;
  const quoted = (name: string) => member(cors, name);
  const parameters = dict(
    {
      [header("Allow-Origin")]: cors.kind === "map" ? quoted("AllowOrigin") : cors,
      [header("Allow-Methods")]: quoted("AllowMethods") ?? scalar(`'${allowed(methods)}'`, at),
      [header("Allow-Headers")]: quoted("AllowHeaders"),
      [header("Max-Age")]: quoted("MaxAge"),
      [header("Allow-Credentials")]: isTrue(quoted("AllowCredentials")) && scalar("'true'", at),
    },
    at,
  );
  const answer = { statusCode: scalar("200", at), responseParameters: parameters };
  const integration = dict(
    {
      type: scalar("mock", at),
      requestTemplates: dict({ "application/json": scalar('{"statusCode": 200}', at) }, at),
      responses: dict({ default: dict(answer, at) }, at),
    },
    at,
  );
  methods.set("options", { at, value: dict({ [INTEGRATION]: integration }, at) });
}

function header(name: string): string {
  return `method.response.header.Access-Control-${name}`;
}

function allowed(methods: ReadonlyMap<string, Entry>): string {
  if (methods.has(ANY)) return ALL_METHODS;
  const named = [...methods.keys()].filter((name) => /^[a-z]+$/.test(name));
  return [...named.map((name) => name.toUpperCase()), "OPTIONS"].sort().join(",");
}

function isTrue(node: Node | undefined): true | undefined {
  return node?.kind === "scalar" && node.text.toLowerCase() === "true" ? true : undefined;
}
