import { type Answer, AnswerHeaders, decoded, isMembers, statusOf } from "./answer.ts";

// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format
const KNOWN = ["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"];

/** Why a function's answer cannot be passed on. */
export type Refusal = "malformed" | "not base64";

/** Reads what a function answers in payload format 1.0, where one member too many is one too many. */
export function answerV1(
  payload: string,
  { decodesBase64 }: { decodesBase64: boolean },
): Answer | Refusal {
  const given: unknown = parsed(payload);
  if (!isMembers(given)) return "malformed";
  if (Object.keys(given).some((key) => !KNOWN.includes(key))) return "malformed";
  const status = given.statusCode === undefined ? 200 : statusOf(given.statusCode);
  const { body = "" } = given;
  if (status === undefined || !(typeof body === "string" || body === null)) return "malformed";
  const headers = headersOf(given.headers ?? {}, given.multiValueHeaders ?? {});
  if (headers.isMalformed) return "malformed";
  const text = body ?? "";
  const bytes = given.isBase64Encoded === true && decodesBase64 ? decoded(text) : text;
  if (bytes === undefined) return "not base64";
  const { values, cookies } = headers;
  values["content-type"] ??= "application/json";
  return { status, headers: values, cookies, body: bytes };
}

/** Values of both maps are joined: those of the lists first. */
function headersOf(single: unknown, multiple: unknown): AnswerHeaders {
  const headers = new AnswerHeaders();
  if (!isMembers(single) || !isMembers(multiple)) {
    headers.isMalformed = true;
    return headers;
  }
  for (const [name, values] of Object.entries(multiple)) {
    if (!Array.isArray(values)) headers.isMalformed = true;
    else for (const value of values) headers.add(name, value);
  }
  for (const [name, value] of Object.entries(single)) headers.add(name, value);
  return headers;
}

function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}
