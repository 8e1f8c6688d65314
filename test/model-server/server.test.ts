import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { ModelServer, type ModelServerOptions } from "../../emulator/model-server/server.ts";
import { modelFolder } from "./models.ts";

async function startServer(options: Partial<ModelServerOptions> = {}) {
  const folder = await modelFolder({ "model.onnx": "linear" });
  const server = new ModelServer({ modelFolder: folder.path, ...options });
  await server.start();
  return {
    url: `http://127.0.0.1:${server.port}`,
    server,
    async [Symbol.asyncDispose]() {
      await server.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

function invoke(url: string, init: RequestInit): Promise<Response> {
  return fetch(`${url}/invocations`, { method: "POST", ...init });
}

test("/ping answers 503 while the model loads and 200 once it has", async () => {
  await using folder = await modelFolder({ "model.onnx": "linear" });
  const server = new ModelServer({ modelFolder: folder.path });
  await server.listen();
  const url = `http://127.0.0.1:${server.port}`;
  expect((await fetch(`${url}/ping`)).status).toBe(503);
  const early = await invoke(url, { headers: { "content-type": "text/csv" }, body: "1,2,3" });
  expect([early.status, await early.json()]).toEqual([
    503,
    { error: "the model is not loaded yet" },
  ]);
  await server.load();
  expect((await fetch(`${url}/ping`)).status).toBe(200);
  await server.close();
});

test("/invocations answers with the content type and length of the prediction", async () => {
  await using running = await startServer();
  const response = await invoke(running.url, {
    headers: { "content-type": "text/csv" },
    body: "130,205,3.66",
  });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/csv");
  expect(response.headers.get("content-length")).toBe("10");
  expect(await response.text()).toBe("25.300001\n");
});

test("the caller's mistakes are 4xx with an error in JSON", async () => {
  await using running = await startServer();
  const wrong = await invoke(running.url, { headers: { "content-type": "text/csv" }, body: "1,2" });
  expect(wrong.status).toBe(400);
  expect(await wrong.json()).toEqual({
    error: "expected rows of 3 numbers (features: float32[n,3]), row 1 has 2",
  });
  const packed = await invoke(running.url, {
    headers: { "content-type": "text/csv", "content-encoding": "gzip" },
    body: "1,2,3",
  });
  expect(packed.status).toBe(415);
  const elsewhere = await fetch(`${running.url}/models`);
  expect([elsewhere.status, await elsewhere.json()]).toEqual([404, { error: "Not Found" }]);
});

test("a body beyond the limit is a 413, announced or not", async () => {
  await using running = await startServer({ maxBodyBytes: 1000 });
  const headers = { "content-type": "text/csv" };
  const announced = await invoke(running.url, { headers, body: "1,2,3\n".repeat(200) });
  expect(announced.status).toBe(413);
  const status = await new Promise((resolve, reject) => {
    const chunked = request(`${running.url}/invocations`, { method: "POST", headers });
    chunked.on("response", ({ statusCode }) => resolve(statusCode));
    chunked.on("error", reject);
    chunked.write("1,2,3\n".repeat(200));
  });
  expect(status).toBe(413);
});

test("/execution-parameters says what a batch transform may send", async () => {
  await using running = await startServer();
  const response = await fetch(`${running.url}/execution-parameters`);
  expect(await response.json()).toEqual({
    MaxConcurrentTransforms: 1,
    BatchStrategy: "MULTI_RECORD",
    MaxPayloadInMB: 25,
  });
});

test("a server that closes answers what is under way first", async () => {
  await using running = await startServer();
  const headers = { "content-type": "text/csv" };
  const slow = request(`${running.url}/invocations`, { method: "POST", headers });
  const answered = once(slow, "response") as Promise<[IncomingMessage]>;
  const accepted = once(slow, "socket");
  slow.write("1,2,");
  await accepted;
  await fetch(`${running.url}/ping`);
  const closing = running.server.close();
  slow.end("3");
  const [response] = await answered;
  expect([response.statusCode, response.headers.connection]).toEqual([200, "close"]);
  expect(await text(response)).toBe("8.72\n");
  await closing;
  await expect(fetch(`${running.url}/ping`)).rejects.toThrow();
});

test("a server that cannot load its model frees its port", async () => {
  await using folder = await modelFolder({});
  const server = new ModelServer({ modelFolder: folder.path });
  await expect(server.start()).rejects.toThrow("holds no model.onnx");
  await server.close();
});
