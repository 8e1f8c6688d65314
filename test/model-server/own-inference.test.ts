import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { WavetankError } from "../../emulator/core/errors.ts";
import { serveFolder } from "../../emulator/model-server/served-model.ts";
import { modelFolder } from "./models.ts";

/** A folder with the linear model and code of its own, served. */
async function servedWith(code: Readonly<Record<string, string>>, onnx = "linear") {
  const folder = await modelFolder(onnx === "" ? {} : { "model.onnx": onnx });
  await mkdir(join(folder.path, "code"));
  for (const [name, text] of Object.entries(code)) {
    await writeFile(join(folder.path, "code", name), text);
  }
  const served = await serveFolder(folder.path).catch(async (error: unknown) => {
    await folder[Symbol.asyncDispose]();
    throw error;
  });
  return {
    async ask(body: string, headers: Partial<Record<string, string>> = {}) {
      const { contentType = "text/csv", accept, customAttributes } = headers;
      const answer = await served.predict({
        contentType,
        accept,
        customAttributes,
        body: Buffer.from(body),
      });
      return { ...answer, body: Buffer.from(answer.body as string).toString("utf8") };
    },
    async [Symbol.asyncDispose]() {
      await served.release();
      await folder[Symbol.asyncDispose]();
    },
  };
}

async function fault(code: Readonly<Record<string, string>>, onnx?: string): Promise<string> {
  const error = (await servedWith(code, onnx).catch((thrown: unknown) => thrown)) as WavetankError;
  return `${error.code}: ${error.message}`;
}

describe("accepts", () => {
  test("an inputFn alone; the model and the answer are the defaults'", async () => {
    await using model = await servedWith({
      "inference.mjs": `export const inputFn = (body) => ({ features: [JSON.parse(body).trip] });`,
    });
    expect(await model.ask('{"trip":[1,2,3]}', { contentType: "application/trip" })).toMatchObject({
      status: 200,
      contentType: "application/json",
      body: '{"predictions":[[8.72]]}',
    });
  });

  test("an outputFn that gets the outputs by name, and its own content type", async () => {
    await using model = await servedWith({
      "inference.js": `export function outputFn({ ride_duration }, accept, { customAttributes }) {
        const [minutes] = ride_duration.data;
        return { body: \`\${minutes.toFixed(1)} minutes\`, contentType: "text/plain", customAttributes };
      }`,
    });
    expect(await model.ask("1,2,3", { customAttributes: "trace=1" })).toEqual({
      status: 200,
      contentType: "text/plain",
      customAttributes: "trace=1",
      body: "8.7 minutes",
    });
  });

  test("TypeScript with a file beside it", async () => {
    await using model = await servedWith({
      "inference.ts": `import { scale } from "./scale.ts";
        type Tensors = Record<string, { data: Float32Array; dims: number[]; type: string }>;
        export async function predictFn(input: Tensors, model: { run(input: unknown): Promise<Tensors> }) {
          const output = await model.run(input);
          output.ride_duration!.data[0]! *= scale;
          return output;
        }`,
      "scale.ts": "export const scale: number = 2;",
    });
    expect(await model.ask("1,2,3")).toMatchObject({ contentType: "text/csv", body: "17.44\n" });
  });

  test("CommonJS", async () => {
    await using model = await servedWith({
      "inference.js": `exports.transformFn = async (model, body, contentType) => {
        const { ride_duration } = await model.run([body.toString().split(",").map(Number)]);
        return JSON.stringify([contentType, ride_duration.data.length]);
      };`,
    });
    expect((await model.ask("1,2,3")).body).toBe('["text/csv",1]');
  });

  test("a modelFn that needs no ONNX at all", async () => {
    await using model = await servedWith(
      {
        "inference.mjs": `export const modelFn = () => ({ factor: 3 });
          export const inputFn = (body) => Number(body);
          export const predictFn = (input, { factor }) => ({ tripled: input * factor });`,
      },
      "",
    );
    expect((await model.ask("14")).body).toBe('{"tripled":42}');
  });

  test("a prediction of any shape, written as JSON, typed arrays and 64-bit integers too", async () => {
    await using model = await servedWith({
      "inference.mjs": `export const predictFn = () =>
        ({ minutes: Float32Array.of(1.5, 2), ids: BigInt64Array.of(7n, 9007199254740993n) });`,
    });
    expect((await model.ask("1,2,3")).body).toBe(
      '{"minutes":[1.5,2],"ids":[7,"9007199254740993"]}',
    );
  });

  test("a modelFn that adds to the folder's own model", async () => {
    await using model = await servedWith({
      "inference.mjs": `export async function modelFn(folder, { loadModel }) {
          return { model: await loadModel(), unit: "min" };
        }
        export const predictFn = async (input, { model, unit }) =>
          ({ [unit]: (await model.run(input)).ride_duration.data[0] });
        export const outputFn = (prediction) => JSON.stringify(Object.keys(prediction));`,
    });
    expect((await model.ask("1,2,3")).body).toBe('["min"]');
  });
});

describe("rejects", () => {
  test("what a function throws is a 500 with its message, or the status that it asks for", async () => {
    await using model = await servedWith({
      "inference.mjs": `export function inputFn(body) {
        if (String(body) === "mine") throw new Error("no trip in the body");
        throw Object.assign(new Error("send a trip"), { statusCode: 422 });
      }`,
    });
    expect(await model.ask("mine")).toMatchObject({
      status: 500,
      body: '{"error":"no trip in the body"}',
    });
    expect(await model.ask("yours")).toMatchObject({
      status: 422,
      body: '{"error":"send a trip"}',
    });
  });

  test("faults of the defaults stay the caller's", async () => {
    await using model = await servedWith({
      "inference.mjs": "export const outputFn = (prediction) => JSON.stringify(prediction);",
    });
    expect((await model.ask("1,2")).status).toBe(400);
  });

  test("tensors of a wrong shape from an inputFn are named", async () => {
    await using model = await servedWith({
      "inference.mjs": "export const inputFn = () => ({ features: [[1, 2]] });",
    });
    expect((await model.ask("")).body).toContain("features: float32[n,3]");
  });

  test("an outputFn without a body is named", async () => {
    await using model = await servedWith({ "inference.mjs": "export const outputFn = () => {};" });
    expect(await model.ask("1,2,3")).toMatchObject({
      status: 500,
      body: '{"error":"outputFn of code/inference.mjs returned no body: return a string, bytes, or { body, contentType }"}',
    });
  });

  test.each([
    ["code that does not parse", { "inference.js": "export function {" }, /cannot be loaded: /],
    ["code that throws as it loads", { "inference.js": "throw new Error('no key')" }, /no key$/],
    [
      "no function that is called",
      { "inference.js": "export const input_fn = () => 1;" },
      /exports none of modelFn, inputFn, predictFn, outputFn, transformFn\.$/,
    ],
    ["a hook that is no function", { "inference.js": "export const inputFn = 1;" }, /no function/],
    [
      "transformFn beside inputFn",
      { "inference.js": "export const inputFn = () => 1, transformFn = () => 1;" },
      /exports transformFn and inputFn\.$/,
    ],
    [
      "modelFn without predictFn",
      { "inference.js": "export const modelFn = () => 1;" },
      /modelFn without predictFn\.$/,
    ],
    [
      "two files",
      { "inference.js": "", "inference.ts": "" },
      /holds inference\.js and inference\.ts\.$/,
    ],
    ["Python alone", { "inference.py": "" }, /inference\.py is Python, which is not run here\.$/],
    [
      "a modelFn that throws",
      {
        "inference.js":
          "export const predictFn = () => 1; export const modelFn = () => { throw new Error('no weights'); };",
      },
      /modelFn of code\/inference\.js failed: no weights$/,
    ],
  ])("%s, when the model is loaded", async (_what, code, message) => {
    const files = Object.fromEntries(Object.entries(code).filter(([, text]) => text !== undefined));
    const thrown = await fault(files as Record<string, string>);
    expect(thrown).toMatch(/^ERR_MODEL: /);
    expect(thrown).toMatch(message);
  });

  test("a file that lies beside the model instead of in code/", async () => {
    await using folder = await modelFolder({ "model.onnx": "linear" }, { "inference.js": "" });
    await expect(serveFolder(folder.path)).rejects.toThrow("inference.js lies beside the model");
  });
});
