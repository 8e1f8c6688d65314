import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from "aws-lambda";
import { docsPage } from "./docs-page.ts";
import { openApi } from "./open-api.ts";
import { BadRequest } from "./text.ts";

/** A request through API Gateway (either version of the payload) or a function URL. */
export type HttpEvent = APIGatewayProxyEvent | APIGatewayProxyEventV2;

export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Categorize = (event: unknown) => Promise<object>;

const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET,POST,OPTIONS",
  "access-control-allow-headers": "content-type",
};

/** The one place that knows which paths there are. */
const routes: Record<string, Route> = {
  "/": { method: "GET", answer: () => json(200, "Welcome to my fast API") },
  "/process_text": {
    method: "POST",
    answer: async (event, categorize) => json(200, await categorize(bodyOf(event))),
  },
  "/openapi.json": { method: "GET", answer: () => json(200, openApi()) },
  "/docs": {
    method: "GET",
    answer: () => answered(200, "text/html; charset=utf-8", docsPage()),
  },
};

interface Route {
  readonly method: string;
  answer(event: HttpEvent, categorize: Categorize): HttpAnswer | Promise<HttpAnswer>;
}

export function isHttp(event: unknown): event is HttpEvent {
  if (typeof event !== "object" || event === null || !("requestContext" in event)) return false;
  return "httpMethod" in event || "rawPath" in event;
}

/** Answers by path and method; what the caller did wrong is a 4xx with `{"error"}`. */
export async function answerHttp(event: HttpEvent, categorize: Categorize): Promise<HttpAnswer> {
  const { method, path } = target(event);
  const route = routes[path];
  if (!route) return refusal(404, `there is no ${path}; see /docs`);
  if (method === "OPTIONS") return { statusCode: 204, headers: CORS, body: "" };
  if (method !== route.method) return refusal(405, `${path} takes ${route.method}, not ${method}`);
  try {
    return await route.answer(event, categorize);
  } catch (error) {
    if (error instanceof BadRequest) return refusal(400, error.message);
    throw error;
  }
}

export function refusal(statusCode: number, error: string): HttpAnswer {
  return json(statusCode, { error });
}

/** Version 1 of the payload leaves the stage out of the path, version 2 does not. */
function target(event: HttpEvent): { method: string; path: string } {
  if ("httpMethod" in event) return { method: event.httpMethod, path: event.path || "/" };
  const { stage, http } = event.requestContext;
  const { rawPath } = event;
  const isStaged = stage !== "$default" && `${rawPath}/`.startsWith(`/${stage}/`);
  return {
    method: http.method,
    path: (isStaged ? rawPath.slice(stage.length + 1) : rawPath) || "/",
  };
}

function bodyOf({ body, isBase64Encoded }: HttpEvent): unknown {
  if (!body) throw new BadRequest('the body is empty: expected {"payload": "text"}');
  const text = isBase64Encoded ? decoded(body) : body;
  try {
    return JSON.parse(text);
  } catch {
    throw new BadRequest('the body is not JSON: expected {"payload": "text"}');
  }
}

function decoded(base64: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(base64, "base64"));
  } catch {
    throw new BadRequest("the body is not UTF-8 text");
  }
}

function json(statusCode: number, value: unknown): HttpAnswer {
  return answered(statusCode, "application/json", JSON.stringify(value));
}

function answered(statusCode: number, contentType: string, body: string): HttpAnswer {
  return { statusCode, headers: { "content-type": contentType, ...CORS }, body };
}
