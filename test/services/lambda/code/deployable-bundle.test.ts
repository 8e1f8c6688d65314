import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleToDeploy } from "../../../../emulator/services/lambda/code/deployable-bundle.ts";
import { startLambdaTank } from "../support/lambda-tank.ts";

const SOURCES = {
  "app.ts": `
    import { KinesisClient } from "@aws-sdk/client-kinesis";
    import { Tensor } from "onnxruntime-node";
    import { double } from "./double.ts";
    import { systemName } from "old-package";
    const kinesis = new KinesisClient({ region: "eu-central-1" });
    const warmed = await Promise.resolve(20);
    export const handler = async ({ of }: { of: number }) => ({
      doubled: double(of) + warmed,
      region: await kinesis.config.region(),
      size: new Tensor("float32", [1, 2], [2]).size,
      systemName,
    });`,
  "double.ts": "export const double = (value: number): number => 2 * value;",
  "node_modules/old-package/package.json": '{"name":"old-package","main":"index.js"}',
  "node_modules/old-package/index.js": 'exports.systemName = typeof require("node:os").platform();',
};
const ANSWER = { doubled: 62, region: "eu-central-1", size: 2, systemName: "string" };

describe("a bundle made to be deployed", () => {
  let outputFolder = "";
  let file = "";
  let text = "";

  beforeAll(async () => {
    await using tank = await startLambdaTank();
    outputFolder = await mkdtemp(join(tmpdir(), "wavetank-test-"));
    const folder = tank.folder(SOURCES);
    const module = join(folder, "app.ts");
    file = await bundleToDeploy({ module, folder, outputFolder, nodeMajor: 22 });
    text = await readFile(file, "utf8");
  });
  afterAll(() => rm(outputFolder, { recursive: true, force: true }));

  test.each(["zip", "folder"] as const)("runs in the tank as a %s", async (deploy) => {
    await using tank = await startLambdaTank();
    await tank.create({ "app.mjs": text }, { deploy, Handler: "app.handler" });
    const { payload } = await tank.invoke("score", { of: 21 });
    expect(payload).toEqual(ANSWER);
  });

  test("is a module of the source's name that names no folder of this machine", () => {
    expect(basename(file)).toBe("app.mjs");
    expect(text).not.toContain("file://");
    // In a string, that is: comments may say by which way the SDK was found.
    expect(text).not.toMatch(new RegExp(`["'\`](${tmpdir()}|${process.cwd()})`));
  });

  test("takes the AWS SDK in and leaves native code out", () => {
    expect(text).not.toMatch(/from "@aws-sdk/);
    expect(text).toContain('from "onnxruntime-node"');
  });
});
