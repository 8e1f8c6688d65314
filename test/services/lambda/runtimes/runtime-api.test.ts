import { expect, test } from "vitest";
import type {
  InvocationEnd,
  RuntimeListener,
} from "../../../../emulator/services/lambda/runtimes/runtime.ts";
import { RuntimeApi } from "../../../../emulator/services/lambda/runtimes/runtime-api.ts";

// A runtime written for AWS, in few words: what any client of the Runtime API does.

const EVENT = {
  requestId: "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
  payload: '{"ride_id":256}',
  timeoutMs: 3_000,
  invokedFunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:score",
  clientContext: '{"custom":{"city":"Zürich"}}',
  traceId: "Root=1-2-3",
};

class Heard implements RuntimeListener {
  readonly facts: string[] = [];
  readonly ends: InvocationEnd[] = [];

  ready(): void {
    this.facts.push("ready");
  }
  initFailed(payload: Buffer): void {
    this.facts.push(`init failed: ${payload}`);
  }
  ended(end: InvocationEnd): void {
    this.ends.push(end);
  }
  printed(): void {}
  lost(): void {}
  exited(): void {}
  notStarted(): void {}
}

async function withApi(
  use: (options: { heard: Heard; api: RuntimeApi; url: string }) => Promise<void>,
): Promise<void> {
  const heard = new Heard();
  const api = new RuntimeApi(heard, { now: () => 1_000 });
  const url = `http://${await api.listen()}/2018-06-01/runtime`;
  try {
    await use({ heard, api, url });
  } finally {
    api.close();
  }
}

test("a runtime that asks waits for an event and gets it with its headers", () =>
  withApi(async ({ heard, api, url }) => {
    const asking = fetch(`${url}/invocation/next`);
    while (heard.facts.length === 0) await new Promise((resolve) => setImmediate(resolve));
    api.deliver(EVENT);
    const response = await asking;
    expect(await response.text()).toBe(EVENT.payload);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "application/json",
      "lambda-runtime-aws-request-id": EVENT.requestId,
      "lambda-runtime-deadline-ms": "4000",
      "lambda-runtime-invoked-function-arn": EVENT.invokedFunctionArn,
      "lambda-runtime-trace-id": EVENT.traceId,
      "lambda-runtime-client-context": '{"custom":{"city":"Z\\u00fcrich"}}',
    });
    expect(heard.facts).toEqual(["ready"]);
  }));

test.each([
  ["response", false],
  ["error", true],
])("an answer by %s ends the invocation", (path, isError) =>
  withApi(async ({ heard, api, url }) => {
    api.deliver(EVENT);
    await fetch(`${url}/invocation/next`);
    const answer = () =>
      fetch(`${url}/invocation/${EVENT.requestId}/${path}`, { method: "POST", body: '{"a":1}' });
    const response = await answer();
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ status: "OK" });
    expect(heard.ends).toMatchObject([{ payload: Buffer.from('{"a":1}'), isError }]);
    const again = await answer();
    expect(again.status).toBe(400);
    expect(await again.json()).toEqual({
      errorMessage: "Invalid request ID",
      errorType: "InvalidRequestID",
    });
  }),
);

test("an error while loading is told", () =>
  withApi(async ({ heard, url }) => {
    const response = await fetch(`${url}/init/error`, { method: "POST", body: "{}" });
    expect(response.status).toBe(202);
    expect(heard.facts).toEqual(["init failed: {}"]);
  }));

test("a web page gets no event", () =>
  withApi(async ({ heard, url }) => {
    const headers = { origin: "https://example.com" };
    const response = await fetch(`${url}/invocation/next`, { headers });
    expect(response.status).toBe(403);
    expect(heard.facts).toEqual([]);
  }));
