import { call, ref } from "./call-nodes.ts";
import { type Dict, dict, list, member, type Node, scalar } from "./node.ts";
import type { Report } from "./problem.ts";
import type { Declaration } from "./resource-type.ts";
import { type ApiEventType, apiEventType, invokedArn } from "./serverless-api-events.ts";
import { restApiBody } from "./serverless-rest-body.ts";

// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-api.html
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-httpapi.html

const KINDS = {
  Api: { type: "AWS::Serverless::Api", implicitId: "ServerlessRestApi", apiId: "RestApiId" },
  HttpApi: { type: "AWS::Serverless::HttpApi", implicitId: "ServerlessHttpApi", apiId: "ApiId" },
} as const;

/** Replaces SAM's APIs, and the events of functions that belong to them, by API Gateway's resources. */
export function assembleApis(
  declarations: readonly Declaration[],
  {
    report,
    implicit,
  }: {
    report: Report;
    /** The API of events that name none, with what Globals say of it. */
    implicit: (api: {
      type: string;
      logicalId: string;
      first: Declaration;
    }) => readonly Declaration[];
  },
): Declaration[] {
  let all = [...declarations];
  for (const kind of ["Api", "HttpApi"] as const) {
    const events = all.filter(({ type }) => type === apiEventType(kind));
    const first = events.find((event) => apiIdOf(event, kind) === undefined);
    const { type, implicitId: logicalId } = KINDS[kind];
    if (first) all.push(...implicit({ type, logicalId, first }));
    const apis = all.filter((one) => one.type === type);
    checkApis(events, { kind, apis, report });
    all = all.flatMap((one) => {
      if (one.type === apiEventType(kind)) return [];
      if (one.type !== type) return [one];
      const own = events.filter((event) => (apiIdOf(event, kind) ?? logicalId) === one.logicalId);
      return kind === "Api" ? restApi(one, own) : httpApi(one, own);
    });
  }
  return all;
}

/** The logical id of the API that an event names. */
function apiIdOf({ properties }: Declaration, kind: ApiEventType): string | undefined {
  const node = member(properties, KINDS[kind].apiId);
  if (node?.kind === "scalar") return node.text;
  const [target] = node?.kind === "call" && node.name === "Ref" ? node.operands : [];
  return target?.kind === "scalar" ? target.text : node && "";
}

function checkApis(
  events: readonly Declaration[],
  { kind, apis, report }: { kind: ApiEventType; apis: readonly Declaration[]; report: Report },
): void {
  for (const event of events) {
    const named = apiIdOf(event, kind);
    if (named === undefined || apis.some(({ logicalId }) => logicalId === named)) continue;
    const { type, apiId } = KINDS[kind];
    const text = `${apiId} names no ${type} of this template.`;
    const hint = `Write ${apiId}: !Ref and the name of one, or leave it out.`;
    report.fault({ at: event.properties.at, logicalId: event.owner, text, hint });
  }
}

function restApi(declared: Declaration, events: readonly Declaration[]): Declaration[] {
  const { at, logicalId, properties } = declared;
  const stageName = member(properties, "StageName") ?? scalar("Prod", at);
  const written = stageName.kind === "scalar" ? stageName.text : "";
  const deploymentId = `${logicalId}Deployment`;
  const generated = { ...declared, metadata: undefined, dependsOn: [] };
  const body = restApiBody(declared, events);
  const api: Declaration = {
    ...declared,
    type: "AWS::ApiGateway::RestApi",
    properties: dict(
      {
        Name: member(properties, "Name"),
        Description: member(properties, "Description"),
        BinaryMediaTypes: binaryMediaTypes(properties),
        Body: body,
      },
      at,
    ),
  };
  const deployment: Declaration = {
    ...generated,
    logicalId: deploymentId,
    type: "AWS::ApiGateway::Deployment",
    properties: dict({ RestApiId: ref(logicalId, at) }, at),
    metadata: dict({ SamBody: body }, at),
  };
  const stage: Declaration = {
    ...generated,
    logicalId: `${logicalId}${written.replace(/[^A-Za-z0-9]/g, "")}Stage`,
    type: "AWS::ApiGateway::Stage",
    properties: dict(
      {
        RestApiId: ref(logicalId, at),
        DeploymentId: ref(deploymentId, at),
        StageName: stageName,
        MethodSettings: member(properties, "MethodSettings"),
        Variables: member(properties, "Variables"),
      },
      at,
    ),
  };
  return [api, deployment, stage];
}

/** SAM writes `image~1png` for `image/png`, a slash being no part of a key in its merges. */
function binaryMediaTypes(properties: Dict): Node | undefined {
  const given = member(properties, "BinaryMediaTypes");
  if (given?.kind !== "list") return given;
  const items = given.items.map((item) =>
    item.kind === "scalar" ? scalar(item.text.replaceAll("~1", "/"), item.at) : item,
  );
  return list(items, given.at);
}

function httpApi(declared: Declaration, events: readonly Declaration[]): Declaration[] {
  const { at, logicalId, properties } = declared;
  const generated = { ...declared, metadata: undefined, dependsOn: [] };
  const stageName = member(properties, "StageName") ?? scalar("$default", at);
  const isDefault = stageName.kind === "scalar" && stageName.text === "$default";
  const cors = member(properties, "CorsConfiguration");
  const api: Declaration = {
    ...declared,
    type: "AWS::ApiGatewayV2::Api",
    properties: dict(
      {
        Name: member(properties, "Name"),
        Description: member(properties, "Description"),
        ProtocolType: scalar("HTTP", at),
        CorsConfiguration: cors?.kind === "scalar" ? anyOrigin(cors) : cors,
      },
      at,
    ),
  };
  const stage: Declaration = {
    ...generated,
    logicalId: isDefault
      ? `${logicalId}ApiGatewayDefaultStage`
      : `${logicalId}${stageName.kind === "scalar" ? stageName.text.replace(/\W|_/g, "") : ""}Stage`,
    type: "AWS::ApiGatewayV2::Stage",
    properties: dict(
      {
        ApiId: ref(logicalId, at),
        StageName: stageName,
        AutoDeploy: scalar(true, at),
        StageVariables: member(properties, "StageVariables"),
      },
      at,
    ),
  };
  return [api, stage, ...events.flatMap((event) => route(event, logicalId))];
}

/** `CorsConfiguration: true` admits every origin, header and method. */
function anyOrigin(node: Node): Node | undefined {
  const { at } = node;
  if (node.kind !== "scalar" || node.text.toLowerCase() !== "true") return undefined;
  const any = list([scalar("*", at)], at);
  return dict({ AllowOrigins: any, AllowHeaders: any, AllowMethods: any }, at);
}

function route(event: Declaration, apiId: string): Declaration[] {
  const { at, properties } = event;
  const integrationId = `${event.logicalId}Integration`;
  const [path, method] = ["Path", "Method"].map((name) => member(properties, name));
  const verb = method?.kind === "scalar" ? method.text.toUpperCase() : "ANY";
  const isAny = path === undefined || verb === "X-AMAZON-APIGATEWAY-ANY-METHOD";
  const key =
    path === undefined
      ? scalar("$default", at)
      : call("Fn::Join", [scalar(" ", at), list([scalar(isAny ? "ANY" : verb, at), path], at)], at);
  const target = [scalar("integrations/", at), ref(integrationId, at)];
  return [
    {
      ...event,
      logicalId: integrationId,
      type: "AWS::ApiGatewayV2::Integration",
      properties: dict(
        {
          ApiId: ref(apiId, at),
          IntegrationType: scalar("AWS_PROXY", at),
          IntegrationUri: invokedArn(event),
          PayloadFormatVersion: member(properties, "PayloadFormatVersion") ?? scalar("2.0", at),
          TimeoutInMillis: member(properties, "TimeoutInMillis"),
        },
        at,
      ),
    },
    {
      ...event,
      logicalId: `${event.logicalId}Route`,
      type: "AWS::ApiGatewayV2::Route",
      properties: dict(
        {
          ApiId: ref(apiId, at),
          RouteKey: key,
          Target: call("Fn::Join", [scalar("", at), list(target, at)], at),
        },
        at,
      ),
    },
  ];
}
