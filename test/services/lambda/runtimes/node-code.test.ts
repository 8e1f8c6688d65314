import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Files, startLambdaTank } from "../support/lambda-tank.ts";

async function answerOf(files: Files, input: { deploy: "zip" | "folder"; Handler?: string }) {
  await using tank = await startLambdaTank();
  const { folder } = await tank.create(files, input);
  return { folder, ...(await tank.invoke("score")) };
}

describe("code in a folder", () => {
  test.each([
    ["TypeScript", "index.ts", "export const handler = async (): Promise<number> => 1;"],
    ["an .mts module", "index.mts", "export const handler = async (): Promise<number> => 1;"],
    ["an ES module", "index.mjs", "export const handler = async () => 1;"],
    ["a CommonJS module", "index.cjs", "exports.handler = async () => 1;"],
    ["CommonJS by default", "index.js", "module.exports = { handler: async () => 1 };"],
    [
      "a module that awaits",
      "index.ts",
      "const one = await Promise.resolve(1); export const handler = async () => one;",
    ],
  ])("may be %s", async (_what, file, text) => {
    expect((await answerOf({ [file]: text }, { deploy: "folder" })).payload).toBe(1);
  });

  test("may stand in a folder below, and finds its own files", async () => {
    const { payload, folder } = await answerOf(
      {
        "src/app.ts": `
          import { readFileSync } from "node:fs";
          import { where } from "../lib/where.ts";
          export const main = async () => ({
            url: import.meta.url,
            text: readFileSync(new URL("./data.txt", import.meta.url), "utf8"),
            fromRoot: readFileSync("root.txt", "utf8"),
            lib: where(),
          });`,
        "lib/where.ts": "export const where = () => import.meta.dirname;",
        "src/data.txt": "beside",
        "root.txt": "root",
      },
      { deploy: "folder", Handler: "src/app.main" },
    );
    expect(payload).toEqual({
      url: `file://${folder}/src/app.ts`,
      text: "beside",
      fromRoot: "root",
      lib: join(folder, "lib"),
    });
  });

  test("finds packages that are installed in it", async () => {
    const { payload } = await answerOf(
      {
        "index.ts": 'import { one } from "pack"; export const handler = async () => one;',
        "node_modules/pack/package.json": '{"main":"main.js"}',
        "node_modules/pack/main.js": "exports.one = 1;",
      },
      { deploy: "folder" },
    );
    expect(payload).toBe(1);
  });

  test("finds the AWS SDK although it lacks one", async () => {
    const { payload } = await answerOf(
      {
        "index.ts": `
          import { LambdaClient } from "@aws-sdk/client-lambda";
          const client = new LambdaClient({});
          export const handler = async () => {
            const { accessKeyId } = await client.config.credentials();
            return [await client.config.region(), accessKeyId];
          };`,
      },
      { deploy: "folder" },
    );
    expect(payload).toEqual(["us-east-1", "test"]);
  });

  test("loads a package with native code from where it is installed", async () => {
    const { payload, folder } = await answerOf(
      {
        "index.ts": 'import { where } from "native"; export const handler = async () => where;',
        "node_modules/native/package.json": '{"main":"main.js"}',
        "node_modules/native/main.js": "exports.where = __filename;",
        "node_modules/native/build/addon.node": "",
      },
      { deploy: "folder" },
    );
    expect(payload).toBe(join(folder, "node_modules/native/main.js"));
  });

  test("runs onnxruntime with the tank's own copy", async () => {
    const { payload, error } = await answerOf(
      {
        "index.ts": `
          import { Tensor } from "onnxruntime-node";
          export const handler = async () => new Tensor("float32", [1, 2, 3], [3]).dims;`,
      },
      { deploy: "folder" },
    );
    expect(error).toBeUndefined();
    expect(payload).toEqual([3]);
  });
});

describe("code in a zip", () => {
  test.each([
    ["an ES module by its ending", { "index.mjs": "export const handler = async () => 1;" }],
    [
      "an ES module by its package",
      { "index.js": "export const handler = async () => 1;", "package.json": '{"type":"module"}' },
    ],
    ["CommonJS", { "index.js": "exports.handler = async () => 1;" }],
    ["a .cjs module", { "index.cjs": "exports.handler = async () => 1;" }],
  ])("may be %s", async (_what, files) => {
    expect((await answerOf(files as Files, { deploy: "zip" })).payload).toBe(1);
  });

  test.each([
    [
      "ES modules",
      "index.mjs",
      'import { LambdaClient } from "@aws-sdk/client-lambda"; export const handler = async () => typeof LambdaClient;',
    ],
    [
      "CommonJS",
      "index.js",
      'const { LambdaClient } = require("@aws-sdk/client-lambda"); exports.handler = async () => typeof LambdaClient;',
    ],
  ])("finds the AWS SDK from %s, and nothing else of the tank's", async (_what, file, text) => {
    const found = await answerOf({ [file]: text }, { deploy: "zip" });
    expect(found.payload).toBe("function");
    const other = await answerOf(
      { [file]: text.replace("@aws-sdk/client-lambda", "express") },
      { deploy: "zip" },
    );
    expect(other.error).toBe("Unhandled");
    expect(other.payload.errorMessage).toContain("Cannot find ");
  });

  test("that is no JavaScript says so", async () => {
    const { payload } = await answerOf({ "index.js": "exports.handler = ;" }, { deploy: "zip" });
    expect(payload).toMatchObject({
      errorType: "Runtime.UserCodeSyntaxError",
      errorMessage: "SyntaxError: Unexpected token ';'",
    });
  });
});
