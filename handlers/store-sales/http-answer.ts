import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";

export type HttpAnswer = APIGatewayProxyStructuredResultV2;

const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET,POST,OPTIONS",
  "access-control-allow-headers": "content-type",
};

export function json(statusCode: number, value: unknown): HttpAnswer {
  return answered(statusCode, { contentType: "application/json", body: JSON.stringify(value) });
}

export function answered(
  statusCode: number,
  { contentType, body }: { contentType: string; body: string },
): HttpAnswer {
  return { statusCode, headers: { "content-type": contentType, ...CORS }, body };
}

export function noContent(): HttpAnswer {
  return { statusCode: 204, headers: CORS, body: "" };
}

/**
 * Method and path of a request through a function URL or an HTTP API: without the stage, and decoded, whether or not
 * the sender wrote "/" and "," of a family's name as %2F and %2C. A path that cannot be decoded stays as it is.
 */
export function targetOf({ requestContext, rawPath }: APIGatewayProxyEventV2): {
  method: string;
  path: string;
} {
  const { stage, http } = requestContext;
  const isStaged = stage !== "$default" && `${rawPath}/`.startsWith(`/${stage}/`);
  const path = isStaged ? rawPath.slice(stage.length + 1) : rawPath;
  return { method: http.method, path: decoded(path || "/") };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
