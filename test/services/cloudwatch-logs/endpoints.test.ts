import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { create } from "tar";
import { expect, test } from "vitest";
import { modelFolder } from "../../model-server/models.ts";
import { startHosting } from "../sagemaker/hosting-tank.ts";

const SCOPE = { accountId: "000000000000", region: "us-east-1" };
const CODE = `export const predictFn = async (inputs, model) => {
  console.log("fare", { rows: 1 });
  console.error("careful");
  return model.run(inputs);
};`;

/** The linear model with code of its own, as an archive. */
async function archiveWith(code: string): Promise<Buffer> {
  await using folder = await modelFolder({ "model.onnx": "linear" });
  await mkdir(join(folder.path, "code"));
  await writeFile(join(folder.path, "code/inference.js"), code);
  const chunks: Buffer[] = [];
  const entries = create({ cwd: folder.path, gzip: true }, ["model.onnx", "code"]);
  for await (const chunk of entries) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function logging(code: string) {
  const tank = await startHosting();
  await tank.addModel("model");
  tank.artifacts.objects.set("s3://models/model/model.tar.gz", await archiveWith(code));
  await tank.addConfig("config", {});
  const { EndpointStatus } = await tank.addEndpoint("rides", "config");
  const streams = () => {
    const group = tank.logs.group({ logGroupName: "/aws/sagemaker/Endpoints/rides" }, SCOPE);
    return [...group.streams.values()];
  };
  const messages = () =>
    streams().flatMap((stream) =>
      stream.between(0, Number.MAX_SAFE_INTEGER).map(({ message }) => message),
    );
  const invoke = (Body: string) =>
    tank.runtime.send(
      new InvokeEndpointCommand({ EndpointName: "rides", ContentType: "text/csv", Body }),
    );
  const dispose = () => tank[Symbol.asyncDispose]();
  return { EndpointStatus, streams, messages, invoke, [Symbol.asyncDispose]: dispose };
}

test("a model's container says that it is loaded, and what its code prints", async () => {
  await using under = await logging(CODE);
  await under.invoke("1,2,3");
  expect(under.messages()).toEqual([
    "The model of s3://models/model/model.tar.gz is loaded.",
    "fare { rows: 1 }",
    "careful",
  ]);
  expect(under.streams().map(({ name }) => name)).toEqual([
    expect.stringMatching(/^AllTraffic\/i-[0-9a-f]{17}$/),
  ]);
});

test("an answer that is no answer is in the log", async () => {
  await using under = await logging(CODE.replace("return", "throw new Error('no fare');"));
  await expect(under.invoke("1,2,3")).rejects.toThrow();
  expect(under.messages().at(-1)).toMatch(/^POST \/invocations 500: .*no fare/);
});

test("why a model was not loaded is in the log", async () => {
  await using under = await logging("export const nothing = 1;");
  expect(under.EndpointStatus).toBe("Failed");
  expect(under.messages()).toEqual([expect.stringContaining("exports none of modelFn")]);
});
