import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { BadInput } from "./bad-input.ts";
import { type HttpAnswer, json, noContent, targetOf } from "./http-answer.ts";
import { ROUTES } from "./routes.ts";

/** Answers the requests of the function URL and of the HTTP API. */
export async function handler(event: APIGatewayProxyEventV2): Promise<HttpAnswer> {
  const { method, path } = targetOf(event);
  const found = ROUTES.filter((route) => route.path.test(path));
  const [first] = found;
  if (!first) return refusal(404, `there is no ${path.slice(0, 200)}`);
  if (method === "OPTIONS") return noContent();
  const route = found.find((each) => each.method === method);
  if (!route) return refusal(405, `${path} takes ${first.method}, not ${method}`);
  try {
    return await route.answer(...(route.path.exec(path) ?? []).slice(1));
  } catch (error) {
    if (error instanceof BadInput) return refusal(error.status, error.message);
    console.error(error);
    return refusal(500, "An internal server error occurred; the function's log says which");
  }
}

/** As the original's charts say what went wrong, though with a status that says so too. */
function refusal(statusCode: number, message: string): HttpAnswer {
  return json(statusCode, { data: null, message });
}
