import {
  clfTime,
  forwarded,
  header,
  type Incoming,
  type Invocation,
  type Pair,
} from "./incoming.ts";

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads

/** Where in an HTTP API a request has arrived; a function URL has one route, `$default`. */
export interface MatchedRoute {
  /** `POST /items/{id}` */
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** The event of payload format 2.0. What is empty is left out. */
export function eventV2(incoming: Incoming, route: MatchedRoute, invocation: Invocation) {
  const { stage, at, id, domainName } = invocation;
  const path = stage === "$default" ? incoming.path : `/${stage}${incoming.path}`;
  const { isBase64Encoded, body } = bodyOf(incoming);
  const cookies = incoming.headers
    .filter(([name]) => name.toLowerCase() === "cookie")
    .flatMap(([, value]) => value.split(/; */))
    .filter((cookie) => cookie !== "");
  const lower = forwarded(incoming, invocation.traceId)
    .map(([name, value]): Pair => [name.toLowerCase(), value])
    .filter(([name]) => name !== "cookie");
  return {
    version: "2.0",
    routeKey: route.routeKey,
    rawPath: path,
    rawQueryString: incoming.search,
    ...(cookies.length > 0 && { cookies }),
    headers: joined(lower.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))),
    ...filled("queryStringParameters", joined(incoming.query)),
    requestContext: {
      accountId: invocation.accountId,
      apiId: id,
      domainName,
      domainPrefix: id,
      http: {
        method: incoming.method,
        path,
        protocol: incoming.protocol,
        sourceIp: incoming.sourceIp,
        userAgent: header(incoming, "user-agent") ?? "",
      },
      requestId: invocation.requestId,
      routeKey: route.routeKey,
      stage,
      time: clfTime(at),
      timeEpoch: at,
    },
    ...filled("pathParameters", route.pathParameters),
    ...filled("stageVariables", invocation.stageVariables),
    ...(body !== undefined && { body }),
    isBase64Encoded,
  };
}

// UNCONFIRMED: AWS names these as text and says no more of others.
const TEXT = /^(?:text\/.*|application\/(?:json|xml|javascript|graphql|[^;]*\+(?:json|xml)))$/;

function bodyOf(incoming: Incoming): { isBase64Encoded: boolean; body?: string } {
  if (incoming.body.length === 0) return { isBase64Encoded: false };
  const type = header(incoming, "content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  const isBase64Encoded = !TEXT.test(type);
  return { isBase64Encoded, body: incoming.body.toString(isBase64Encoded ? "base64" : "utf8") };
}

function joined(pairs: readonly Pair[]): Record<string, string> {
  const all = new Map<string, string>();
  for (const [name, value] of pairs) {
    const before = all.get(name);
    all.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(all);
}

function filled(name: string, members: Readonly<Record<string, string>>): object {
  return Object.keys(members).length > 0 ? { [name]: members } : {};
}
