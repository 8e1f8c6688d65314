import { statSync } from "node:fs";
import { expect, test } from "vitest";
import { LoadedModels } from "../../emulator/model-server/loaded-models.ts";
import { ModelServer } from "../../emulator/model-server/server.ts";
import { modelFolder, modelPath } from "./models.ts";

/** A multi-model server with room for one linear model. */
async function startServer() {
  const folder = await modelFolder({ "model.onnx": "linear" });
  const maxBytes = statSync(modelPath("linear")).size;
  const models = new LoadedModels({ intraOpThreads: 1, maxBytes });
  const server = new ModelServer({ modelFolder: "unused", models });
  await server.start();
  const ask = async (method: string, path: string, body?: string) => {
    const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, {
      method,
      headers: { "content-type": path.endsWith("invoke") ? "text/csv" : "application/json" },
      ...(body !== undefined && { body }),
    });
    return [answer.status, await answer.text()] as const;
  };
  const load = (model_name: string, url = folder.path) =>
    ask("POST", "/models", JSON.stringify({ model_name, url }));
  return {
    ask,
    load,
    folder,
    async [Symbol.asyncDispose]() {
      await server.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

test("models are loaded, listed, asked and unloaded by name", async () => {
  await using server = await startServer();
  const { ask, load, folder } = server;
  expect((await ask("GET", "/ping"))[0]).toBe(200);
  expect(await ask("GET", "/models")).toEqual([200, '{"models":[]}']);
  expect((await load("a"))[0]).toBe(200);
  const described = { modelName: "a", modelUrl: folder.path };
  expect(await ask("GET", "/models")).toEqual([200, JSON.stringify({ models: [described] })]);
  expect(await ask("GET", "/models/a")).toEqual([200, JSON.stringify(described)]);
  expect(await ask("POST", "/models/a/invoke", "130,205,3.66")).toEqual([200, "25.300001\n"]);
  expect((await ask("DELETE", "/models/a"))[0]).toBe(200);
  expect((await load("b"))[0]).toBe(200);
});

test("what is there already is a 409, what has no room a 507, what is not there a 404", async () => {
  await using server = await startServer();
  const { ask, load } = server;
  await load("a");
  expect((await load("a"))[0]).toBe(409);
  const [status, text] = await load("b");
  expect([status, text]).toEqual([507, expect.stringContaining("no room for model b")]);
  for (const [method, path] of [
    ["GET", "/models/b"],
    ["DELETE", "/models/b"],
    ["POST", "/models/b/invoke"],
    ["POST", "/invocations"],
  ] as const) {
    expect([path, (await ask(method, path, method === "POST" ? "1,2,3" : undefined))[0]]).toEqual([
      path,
      404,
    ]);
  }
});

test("a load that says no model is refused, and takes no room", async () => {
  await using server = await startServer();
  await using empty = await modelFolder({});
  const { ask, load } = server;
  expect((await ask("POST", "/models", "{"))[0]).toBe(400);
  expect((await load("a", "/nowhere/at/all"))[0]).toBe(404);
  const [status, text] = await load("a", empty.path);
  expect([status, text]).toEqual([400, expect.stringContaining("holds no model.onnx")]);
  expect((await load("a"))[0]).toBe(200);
});
