import {
  clfTime,
  forwarded,
  header,
  type Incoming,
  type Invocation,
  type Pair,
} from "./incoming.ts";

// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format

/** Where in a REST API a request has arrived. */
export interface MatchedResource {
  readonly resourceId: string;
  /** `/{proxy+}` */
  readonly resource: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly deploymentId: string;
  /** The request's content type is one of the API's binary media types. */
  readonly isBinary: boolean;
}

/** The event of a Lambda proxy integration: payload format 1.0. */
export function eventV1(incoming: Incoming, matched: MatchedResource, invocation: Invocation) {
  const { resource, pathParameters, isBinary } = matched;
  const headers = forwarded(incoming, invocation.traceId).map(
    ([name, value]): Pair => [spelled(name), value],
  );
  return {
    resource,
    // Doubled slashes at the front are one to the function, and stay in requestContext.path.
    path: incoming.path.replace(/^\/+/, "/"),
    httpMethod: incoming.method,
    headers: lastOf(headers),
    multiValueHeaders: allOf(headers),
    queryStringParameters: orNull(lastOf(incoming.query)),
    multiValueQueryStringParameters: orNull(allOf(incoming.query)),
    pathParameters: orNull(pathParameters),
    stageVariables: orNull(invocation.stageVariables),
    requestContext: requestContext(incoming, matched, invocation),
    body: bodyOf(incoming.body, isBinary),
    isBase64Encoded: isBinary && incoming.body.length > 0,
  };
}

export function requestContext(
  incoming: Incoming,
  { resourceId, resource, deploymentId }: MatchedResource,
  invocation: Invocation,
) {
  const { accountId, id, domainName, stage, at } = invocation;
  return {
    resourceId,
    resourcePath: resource,
    httpMethod: incoming.method,
    extendedRequestId: invocation.extendedRequestId,
    requestTime: clfTime(at),
    path: `/${stage}${incoming.path}`,
    accountId,
    protocol: incoming.protocol,
    stage,
    domainPrefix: id,
    requestTimeEpoch: at,
    requestId: invocation.requestId,
    identity: {
      cognitoIdentityPoolId: null,
      accountId: null,
      cognitoIdentityId: null,
      caller: null,
      sourceIp: incoming.sourceIp,
      principalOrgId: null,
      accessKey: null,
      cognitoAuthenticationType: null,
      cognitoAuthenticationProvider: null,
      userArn: null,
      userAgent: header(incoming, "user-agent") ?? null,
      user: null,
    },
    domainName,
    deploymentId,
    apiId: id,
  };
}

/** API Gateway rewrites the case of these two, and of no other. */
function spelled(name: string): string {
  const lower = name.toLowerCase();
  if (lower === "authorization") return "Authorization";
  return lower === "user-agent" ? "User-Agent" : name;
}

function bodyOf(body: Buffer, isBinary: boolean): string | null {
  if (body.length === 0) return null;
  return body.toString(isBinary ? "base64" : "utf8");
}

function lastOf(pairs: readonly Pair[]): Record<string, string> {
  const last: Record<string, string> = {};
  for (const [name, value] of pairs) put(last, name, value);
  return last;
}

function allOf(pairs: readonly Pair[]): Record<string, string[]> {
  const all: Record<string, string[]> = {};
  for (const [name, value] of pairs) {
    if (Object.hasOwn(all, name)) all[name]?.push(value);
    else put(all, name, [value]);
  }
  return all;
}

/** Assigning is several times as fast as `Object.fromEntries`, and wrong for this one name. */
function put<T>(members: Record<string, T>, name: string, value: T): void {
  if (name !== "__proto__") members[name] = value;
  else Object.defineProperty(members, name, { value, enumerable: true, configurable: true });
}

function orNull<T extends object>(members: T): T | null {
  return Object.keys(members).length > 0 ? members : null;
}
