import { expect, test } from "vitest";
import type { WavetankError } from "../../emulator/core/errors.ts";
import { threadsOf } from "../../emulator/model-server/in-process.ts";
import { loadModel } from "../../emulator/model-server/load-model.ts";
import { modelFolder } from "./models.ts";

async function fault(loading: Promise<unknown>): Promise<string> {
  const error = (await loading.catch((thrown: unknown) => thrown)) as WavetankError;
  return `${error.code}: ${error.message}`;
}

test.each(["model.onnx", "1/model.onnx", "ride-duration.onnx"])(
  "a model is found at %s",
  async (place) => {
    await using folder = await modelFolder({ [place]: "linear" });
    const model = await loadModel(folder.path);
    expect(model.inputs).toEqual([{ name: "features", type: "float32", shape: ["n", 3] }]);
    expect(model.outputs).toEqual([{ name: "ride_duration", type: "float32", shape: ["n", 1] }]);
    await model.release();
  },
);

test("what macOS packs beside a model is no model", async () => {
  await using folder = await modelFolder({ "model.onnx": "linear" }, { "._model.onnx": "junk" });
  await (await loadModel(folder.path)).release();
});

test("two models in a folder are one too many", async () => {
  await using folder = await modelFolder({ "model.onnx": "linear", "2/model.onnx": "pair" });
  expect(await fault(loadModel(folder.path))).toBe(
    "ERR_MODEL: The model folder holds several models: 2/model.onnx, model.onnx.",
  );
});

test("a model in the wrong place is named", async () => {
  await using folder = await modelFolder({ "model/model.onnx": "linear" });
  expect(await fault(loadModel(folder.path))).toBe(
    "ERR_MODEL: The model folder holds no model.onnx. It holds model/model.onnx, where it is not looked for.",
  );
});

test("a folder without a model is an error, as is no folder", async () => {
  await using folder = await modelFolder({}, { "saved_model.pb": "" });
  expect(await fault(loadModel(folder.path))).toBe(
    "ERR_MODEL: The model folder holds no model.onnx.",
  );
  expect(await fault(loadModel(`${folder.path}/absent`))).toMatch(
    /^ERR_MODEL: .* cannot be read\.$/,
  );
});

test("a file that is no ONNX is an error that does not name the temporary folder", async () => {
  await using folder = await modelFolder({}, { "model.onnx": "not a model" });
  const message = await fault(loadModel(folder.path));
  expect(message).toMatch(/^ERR_MODEL: model\.onnx cannot be loaded: /);
  expect(message).not.toContain(folder.path);
});

test("an output that is neither a tensor nor a ZipMap is an error at load, not at the first request", async () => {
  await using folder = await modelFolder({ "model.onnx": "split" });
  expect(await fault(loadModel(folder.path))).toBe(
    "ERR_MODEL: model.onnx: the output parts is no tensor.",
  );
});

test("a model is released once, after its runs, and runs no more", async () => {
  await using folder = await modelFolder({ "model.onnx": "embedding" });
  const model = await loadModel(folder.path);
  const id = { name: "id", type: "int64", dims: [1], data: BigInt64Array.of(1n) } as const;
  const running = model.run([id]);
  await Promise.all([model.release(), model.release()]);
  expect(Array.from((await running)[0]?.data as Float32Array)).toEqual([3, 4]);
  await expect(model.run([id])).rejects.toThrow("released");
});

test("threads are one unless MODEL_SERVER_THREADS says otherwise", () => {
  expect(threadsOf({})).toBe(1);
  expect(threadsOf({ MODEL_SERVER_THREADS: "4" })).toBe(4);
  expect(() => threadsOf({ MODEL_SERVER_THREADS: "many" })).toThrow(
    'MODEL_SERVER_THREADS is "many"',
  );
});
