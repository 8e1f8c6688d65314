import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from "aws-lambda";
import { BadRequest } from "./wine.ts";

/** What a non-proxy integration hands over: the request's own JSON. */
export interface PlainEvent {
  readonly body?: unknown;
}

/** Any of the three shapes in which a request arrives. */
export type WineEvent = PlainEvent | APIGatewayProxyEvent | APIGatewayProxyEventV2;

export interface Request {
  /** Whether API Gateway or a function URL turns the answer into an HTTP response. */
  readonly isProxy: boolean;
  /** `undefined` for a non-proxy event. */
  readonly method: string | undefined;
  readonly wantsJson: boolean;
  /** @throws BadRequest when there is no text */
  body(): string;
}

/** Reads what the three shapes have in common. */
export function readRequest(event: WineEvent | null): Request {
  const method = methodOf(event);
  return {
    isProxy: method !== undefined,
    method,
    wantsJson: method !== undefined && /\bapplication\/json\b/.test(header(event, "accept")),
    body: () => (method === undefined ? plainBody(event) : proxyBody(event as ProxyEvent)),
  };
}

interface ProxyEvent {
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
}

function methodOf(event: WineEvent | null): string | undefined {
  if (typeof event !== "object" || event === null) return undefined;
  if ("httpMethod" in event) return event.httpMethod;
  return "requestContext" in event && "http" in event.requestContext
    ? event.requestContext.http.method
    : undefined;
}

/** Names of headers keep the caller's case in version 1 of the payload. */
function header(event: WineEvent | null, wanted: string): string {
  const headers = (event as { headers?: Record<string, string | undefined> | null })?.headers ?? {};
  const found = Object.entries(headers).find(([name]) => name.toLowerCase() === wanted);
  return found?.[1] ?? "";
}

function plainBody(event: WineEvent | null): string {
  const body = (event as PlainEvent | null)?.body;
  if (body === undefined || body === null) {
    throw new BadRequest('there is no body: send {"body": "14.23,1.71,…"}');
  }
  if (typeof body !== "string") throw new BadRequest(`body is no text but ${kindOf(body)}`);
  return body;
}

/** The numbers themselves, or the JSON that the non-proxy form takes. */
function proxyBody({ body, isBase64Encoded }: ProxyEvent): string {
  const text = isBase64Encoded ? decoded(body ?? "") : (body ?? "");
  if (!text.trimStart().startsWith("{")) return text;
  try {
    return plainBody(JSON.parse(text));
  } catch (error) {
    throw error instanceof BadRequest ? error : new BadRequest("the body is no valid JSON");
  }
}

function decoded(base64: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(base64, "base64"));
  } catch {
    throw new BadRequest("the body is not UTF-8 text");
  }
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "a list" : `of type ${typeof value}`;
}
