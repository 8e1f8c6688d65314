import { isFilled } from "../../core/is-filled.ts";
import { documentInvalid, notEmulated } from "./errors.ts";
import type { IntegrationResponse, Method, RestApi } from "./model/rest-api.ts";
import { newIntegration } from "./new-integration.ts";
import { refuseUnemulated } from "./unemulated.ts";

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html

type Json = Readonly<Record<string, unknown>>;

const ANY = "x-amazon-apigateway-any-method";
const INTEGRATION = "x-amazon-apigateway-integration";
const BINARY = "x-amazon-apigateway-binary-media-types";
const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", ANY];
/** What would decide who may call, and how it is refused, which nothing here decides. */
const REFUSED = [
  "security",
  "x-amazon-apigateway-auth",
  "x-amazon-apigateway-gateway-responses",
  "x-amazon-apigateway-minimum-compression-size",
  "x-amazon-apigateway-policy",
  "x-amazon-apigateway-request-validator",
];

/** An OpenAPI document of a REST API. */
export interface ApiDocument {
  readonly name: string;
  readonly description: string | undefined;
  readonly binaryMediaTypes: readonly string[];
  readonly paths: Json;
}

/** @throws AwsError BadRequestException for what is no JSON, no OpenAPI document or not emulated */
export function readDocument(bytes: Uint8Array): ApiDocument {
  let document: Json;
  try {
    document = JSON.parse(Buffer.from(bytes).toString("utf8")) as Json;
  } catch {
    throw documentInvalid("it is not JSON; YAML is not emulated by Wavetank.");
  }
  if (document.swagger === undefined && document.openapi === undefined) {
    throw documentInvalid("it names no version of Swagger or OpenAPI.");
  }
  refuse(document);
  const { title = "API", description } = record(document.info);
  const binary = document[BINARY];
  return {
    name: String(title),
    description: description === undefined ? undefined : String(description),
    binaryMediaTypes: Array.isArray(binary) ? binary.map(String) : [],
    paths: record(document.paths),
  };
}

/** Adds a document's paths and methods to an API. */
export function addPaths(api: RestApi, { paths }: ApiDocument): void {
  for (const [path, operations] of Object.entries(paths)) {
    const resourceId = resourceAt(api, path);
    for (const [name, operation] of Object.entries(record(operations))) {
      if (!METHODS.includes(name)) continue;
      refuse(record(operation));
      api.setMethod(resourceId, methodOf(name, record(operation)));
    }
  }
}

function resourceAt(api: RestApi, path: string): string {
  let resource = api.resources.get(api.rootId);
  for (const part of path.split("/").filter((segment) => segment !== "")) {
    if (!resource) break;
    resource = api.child(resource.id, part) ?? api.addChild(resource, part);
  }
  return resource?.id ?? api.rootId;
}

function methodOf(name: string, operation: Json): Method {
  const httpMethod = name === ANY ? "ANY" : name.toUpperCase();
  const responses = Object.keys(record(operation.responses)).map((statusCode) => [
    statusCode,
    { statusCode },
  ]);
  const given = operation[INTEGRATION];
  const method = {
    httpMethod,
    authorizationType: "NONE",
    responses: Object.fromEntries(responses),
  };
  return given === undefined ? method : { ...method, integration: integrationOf(record(given)) };
}

function integrationOf(given: Json) {
  refuseUnemulated(given);
  const responses = Object.entries(record(given.responses)).map(([pattern, response]) => {
    const { statusCode = "200", responseParameters, responseTemplates } = record(response);
    const read: IntegrationResponse = {
      statusCode: String(statusCode),
      selectionPattern: pattern === "default" ? undefined : pattern,
      responseParameters: texts(responseParameters),
      responseTemplates: texts(responseTemplates),
    };
    return [pattern, read];
  });
  return newIntegration({
    type: text(given.type),
    uri: text(given.uri),
    httpMethod: text(given.httpMethod),
    requestTemplates: texts(given.requestTemplates),
    passthroughBehavior: text(given.passthroughBehavior),
    timeoutInMillis:
      given.timeoutInMillis === undefined ? undefined : Number(given.timeoutInMillis),
    responses: Object.fromEntries(responses),
  });
}

function refuse(given: Json): void {
  const found = REFUSED.find((name) => isFilled(given[name]));
  if (found) throw notEmulated(`${found} in an OpenAPI document`);
}

function record(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};
}

function texts(value: unknown): Record<string, string> {
  const pairs = Object.entries(record(value)).map(([name, one]) => [name, String(one)]);
  return Object.fromEntries(pairs);
}

function text(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}
