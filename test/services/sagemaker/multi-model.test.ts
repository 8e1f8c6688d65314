import { statSync } from "node:fs";
import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import { CreateModelCommand, DescribeModelCommand } from "@aws-sdk/client-sagemaker";
import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { inProcessModels } from "../../../emulator/model-server/in-process.ts";
import { ModelServer } from "../../../emulator/model-server/server.ts";
import { modelPath } from "../../model-server/models.ts";
import { until } from "../../support/tank.ts";
import { archiveOfFiles, faultOf, modelArchive } from "./hosting-tank.ts";
import { LINEAR, metricOf, startMany } from "./multi-model-tank.ts";

const MIB = 1024 * 1024;
const LINEAR_BYTES = statSync(modelPath("linear")).size;
/** Room for so many of the linear model, and not for one more. */
const roomFor = (models: number) => ({
  Environment: { MODEL_SERVER_MEMORY_MB: String((models * LINEAR_BYTES) / MIB) },
});

test("a model is loaded when it is first asked for, and kept", async () => {
  await using many = await startMany();
  await many.put("team/a.tar.gz");
  expect(await many.invoke("team/a.tar.gz")).toBe(LINEAR);
  expect(await many.invoke("team/a.tar.gz")).toBe(LINEAR);
  expect(metricOf(many.tank, "ModelCacheHit")).toEqual({ sum: 1, count: 2 });
  for (const name of ["ModelLoadingTime", "ModelDownloadingTime", "ModelLoadingWaitTime"]) {
    expect([name, metricOf(many.tank, name).count]).toEqual([name, 1]);
  }
});

test("33 models take turns in the room of 8, and no call fails", { timeout: 60_000 }, async () => {
  await using many = await startMany({ container: roomFor(8) });
  const targets = Array.from({ length: 33 }, (_, index) => `m${index}.tar.gz`);
  await Promise.all(targets.map((target) => many.put(target)));
  const calls = Array.from({ length: 132 }, (_, index) => targets[(index * 7) % 33] ?? "");
  let next = 0;
  const answers: string[] = [];
  const caller = async () => {
    for (let call = calls[next++]; call !== undefined; call = calls[next++]) {
      answers.push(await many.invoke(call));
    }
  };
  await Promise.all(Array.from({ length: 16 }, caller));
  expect(answers).toEqual(calls.map(() => LINEAR));
  const loads = metricOf(many.tank, "ModelLoadingTime").count;
  const unloads = metricOf(many.tank, "ModelUnloadingTime").count;
  // What was loaded was unloaded, but for the eight that fit.
  expect(loads - unloads).toBe(8);
  expect(loads).toBeGreaterThanOrEqual(33);
  const hits = metricOf(many.tank, "ModelCacheHit");
  expect(hits.count).toBe(132);
  expect(hits.count - hits.sum).toBe(metricOf(many.tank, "ModelLoadingWaitTime").count);
});

test("the model that was not asked for the longest leaves first", async () => {
  await using many = await startMany({ container: roomFor(2) });
  for (const target of ["a.tar.gz", "b.tar.gz", "c.tar.gz"]) await many.put(target);
  await many.invoke("a.tar.gz");
  await many.invoke("b.tar.gz");
  await many.invoke("a.tar.gz");
  await many.invoke("c.tar.gz");
  const before = metricOf(many.tank, "ModelCacheHit").sum;
  await many.invoke("a.tar.gz");
  expect(metricOf(many.tank, "ModelCacheHit").sum).toBe(before + 1);
  await many.invoke("b.tar.gz");
  expect(metricOf(many.tank, "ModelCacheHit").sum).toBe(before + 1);
});

test("LoadedModelCount is told each minute", async () => {
  await using many = await startMany({ clock: new ManualClock(), container: roomFor(2) });
  for (const target of ["a.tar.gz", "b.tar.gz", "c.tar.gz"]) {
    await many.put(target);
    await many.invoke(target);
  }
  await many.tank.manualClock.advance(60_000);
  const namespace = "/aws/sagemaker/Endpoints";
  expect(metricOf(many.tank, "LoadedModelCount", namespace)).toEqual({ sum: 2, count: 2 });
});

test("with ModelCacheSetting Disabled a model leaves right after its call", async () => {
  const container = { MultiModelConfig: { ModelCacheSetting: "Disabled" as const } };
  await using many = await startMany({ container });
  await many.put("a.tar.gz");
  expect(await many.invoke("a.tar.gz")).toBe(LINEAR);
  expect(metricOf(many.tank, "ModelUnloadingTime").count).toBe(1);
  expect(await many.invoke("a.tar.gz")).toBe(LINEAR);
  expect(metricOf(many.tank, "ModelCacheHit")).toEqual({ sum: 0, count: 2 });
});

test("an artifact that was overwritten answers the next call; one that was deleted goes on", async () => {
  await using many = await startMany();
  await many.put("a.tar.gz");
  expect(await many.invoke("a.tar.gz")).toBe(LINEAR);
  await many.put("a.tar.gz", await modelArchive("same-float32"));
  expect(await many.invoke("a.tar.gz")).not.toBe(LINEAR);
  await many.s3.send(new DeleteObjectCommand({ Bucket: "models", Key: "many/a.tar.gz" }));
  expect(await many.invoke("a.tar.gz")).not.toBe(LINEAR);
  expect(metricOf(many.tank, "ModelLoadingTime").count).toBe(2);
});

test("artifacts that are missing, broken or too large are named, and may be put right", async () => {
  await using many = await startMany({ container: roomFor(0.5) });
  expect(await faultOf(many.invoke("gone.tar.gz"))).toContain(
    "ValidationError: Failed to download model data (bucket: models, key: many/gone.tar.gz).",
  );
  await many.put("bad.tar.gz", Buffer.from("no archive"));
  expect(await faultOf(many.invoke("bad.tar.gz"))).toContain(
    "ValidationError: Failed to extract model data (bucket: models, key: many/bad.tar.gz).",
  );
  await many.put("large.tar.gz");
  const fault = await faultOf(many.invoke("large.tar.gz"));
  expect(fault).toMatch(/ModelError: Received server error \(507\).*Model large.tar.gz was not/);
});

test("a call names its model on a multi-model endpoint", async () => {
  await using many = await startMany();
  expect(await faultOf(many.invoke(undefined))).toMatch(
    /ValidationError: Request [0-9a-f-]+ is missing a target model header/,
  );
});

test("a model that loads for over a minute is a ModelNotReadyException, and is there later", async () => {
  const clock = new ManualClock();
  await using many = await startMany({ clock });
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  let begun = false;
  const wait = () => {
    begun = true;
    return gate;
  };
  Object.assign(globalThis, { slowModel: wait });
  const code = `export const modelFn = () => globalThis.slowModel();
    export const transformFn = () => "ready";`;
  await many.put("slow.tar.gz", await archiveOfFiles({ "code/inference.mjs": code }));
  const early = faultOf(many.invoke("slow.tar.gz"));
  await until(() => begun);
  await clock.advance(60_000);
  expect(await early).toContain("ModelNotReadyException: Model slow.tar.gz is still being loaded");
  open();
  expect(await many.invoke("slow.tar.gz")).toBe("ready");
});

test("MultiModel is kept of a model, and wants a prefix", async () => {
  await using many = await startMany();
  const { PrimaryContainer } = await many.control.send(
    new DescribeModelCommand({ ModelName: "model" }),
  );
  expect(PrimaryContainer).toMatchObject({
    Mode: "MultiModel",
    ModelDataUrl: "s3://models/many/",
  });
  const bare = { ModelName: "bare", PrimaryContainer: { Image: "i", Mode: "MultiModel" as const } };
  expect(await faultOf(many.control.send(new CreateModelCommand(bare)))).toContain("modelDataUrl");
});

test("a model server behind HTTP serves many models as the tank does", async () => {
  const environment = { SAGEMAKER_MULTI_MODEL: "true", ...roomFor(2).Environment };
  const started = await inProcessModels().start({ modelFolder: ".", environment });
  const server = new ModelServer({ modelFolder: "unused", models: started.models });
  await server.start();
  const modelServers = { Many: `http://127.0.0.1:${server.port}` };
  {
    await using many = await startMany({ backends: { modelServers } });
    for (const target of ["a.tar.gz", "b.tar.gz", "c.tar.gz"]) await many.put(target);
    for (const target of ["a.tar.gz", "b.tar.gz", "c.tar.gz", "a.tar.gz"]) {
      expect(await many.invoke(target)).toBe(LINEAR);
    }
    expect(metricOf(many.tank, "ModelUnloadingTime").count).toBe(2);
    const { models } = (await (await fetch(`${modelServers.Many}/models`)).json()) as {
      models: unknown[];
    };
    expect(models).toHaveLength(2);
  }
  await server.close();
});
