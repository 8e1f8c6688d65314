import { APIGatewayClient, GetRestApisCommand } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, expect, test } from "vitest";
import event from "../../handlers/wine/event.json" with { type: "json" };
import { deployed, type Target } from "./target.ts";

let target: Target;
let api = "";

beforeAll(async () => {
  target = await deployed("wine");
  const { items = [] } = await target.client(APIGatewayClient).send(new GetRestApisCommand({}));
  const { id = "" } = items.find(({ name }) => name === "DecisionTreeAPI") ?? {};
  api = target.restApiUrl(id, "DummyStage");
});
afterAll(() => target[Symbol.asyncDispose]());

const post = (path: string, body: string) =>
  fetch(`${api}${path}`, { method: "POST", headers: { "content-type": "text/csv" }, body });

test("POST /DT answers as the original's API does: the function's whole result, as JSON", async () => {
  const answer = await post("/DT", JSON.stringify(event));
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({
    statusCode: 200,
    headers: { "Content-Type": "text/plain" },
    body: "Your Wine class is Cultivar 0",
  });
});

test("POST /wine answers thirteen numbers with words, and anything else with 400 and why", async () => {
  const answer = await post("/wine", event.body);
  expect(answer.headers.get("content-type")).toBe("text/plain");
  expect(await answer.text()).toBe("Your Wine class is Cultivar 0");
  for (const body of ["", "1,2", `${event.body},1`, event.body.replace("14.23", "NaN")]) {
    const refused = await post("/wine", body);
    expect(refused.status, body).toBe(400);
    expect(await refused.text()).toMatch(/^Bad request: /);
  }
});

test("pages of other origins may ask", async () => {
  const preflight = await fetch(`${api}/DT`, { method: "OPTIONS" });
  expect(preflight.status).toBe(200);
  expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
  expect(preflight.headers.get("access-control-allow-methods")).toBe("OPTIONS,POST");
});

test("a path that the API has not is refused in API Gateway's words", async () => {
  const answer = await fetch(`${api}/nowhere`);
  expect(answer.status).toBe(403);
  expect(await answer.json()).toEqual({ message: "Missing Authentication Token" });
});
