import { type Answer, AnswerHeaders, decoded, isMembers, statusOf } from "./answer.ts";

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.response

/** Reads what a function answers in payload format 2.0; `undefined` for what cannot be passed on. */
export function answerV2(payload: string): Answer | undefined {
  let given: unknown;
  try {
    given = JSON.parse(payload);
  } catch {
    return undefined;
  }
  if (!isMembers(given) || given.statusCode === undefined) return inferred(given);
  const status = statusOf(given.statusCode);
  const { body = "", cookies = [] } = given;
  const isText = typeof body === "string" || body === null;
  if (status === undefined || !isText || !Array.isArray(cookies)) return undefined;
  const headers = new AnswerHeaders();
  for (const cookie of cookies) headers.add("set-cookie", cookie);
  for (const [name, value] of Object.entries(given.headers ?? {})) headers.add(name, value);
  const text = body ?? "";
  const bytes = given.isBase64Encoded === true ? decoded(text) : text;
  if (headers.isMalformed || bytes === undefined) return undefined;
  headers.values["content-type"] ??= "application/json";
  return { status, headers: headers.values, cookies: headers.cookies, body: bytes };
}

/** An answer without a status is a body: a text as it is, all else as JSON. */
function inferred(given: unknown): Answer {
  return {
    status: 200,
    headers: { "content-type": "application/json" },
    cookies: [],
    body: typeof given === "string" ? given : JSON.stringify(given),
  };
}
