import { describe, expect, test } from "vitest";
import { deploy } from "../../emulator/template/deploy.ts";
import { deployText, failure, SERVING } from "./deploying.ts";
import { MemoryApi } from "./memory-api.ts";
import { templateOf } from "./reading.ts";

describe("rolls back", () => {
  test("what it created, in reverse, when an endpoint fails, and says why", async ({ expect }) => {
    const api = new MemoryApi();
    api.endpointFailure = "The primary container did not pass the ping health check.";
    const error = await failure(deployText(SERVING, api));
    expect(error.code).toBe("ERR_DEPLOY");
    expect(`${error.message}\n${error.hint}`).toMatchInlineSnapshot(`
      "template.yaml:4:3 Endpoint: AWS::SageMaker::Endpoint could not be created: The primary container did not pass the ping health check.
      What this deploy had created is deleted again. Correct the cause and deploy once more."
    `);
    expect(api.writes.slice(3)).toEqual(["DeleteEndpoint", "DeleteEndpointConfig", "DeleteModel"]);
    expect([api.endpoints.size, api.configs.size, api.models.size]).toEqual([0, 0, 0]);
  });

  test("but leaves alone what was there before", async ({ expect }) => {
    const api = new MemoryApi();
    await api.call("kinesis", "CreateStream", { StreamName: "taken" });
    const template = `
Resources:
  Mine: { Type: AWS::Kinesis::Stream, Properties: { Name: mine } }
  Taken: { Type: AWS::Kinesis::Stream, DependsOn: Mine, Properties: { Name: taken } }`;
    const error = await failure(deployText(template, api));
    expect(`${error.message}\n${error.hint}`).toMatchInlineSnapshot(`
      "template.yaml:4:3 Taken: AWS::Kinesis::Stream could not be created: ResourceInUseException: taken already exists.
      What this deploy had created is deleted again. Correct the cause and deploy once more."
    `);
    expect([...api.streams.keys()]).toEqual(["taken"]);
  });

  test("a bucket with its uploads", async () => {
    const api = new MemoryApi();
    const template = `
Resources:
  Models:
    Type: AWS::S3::Bucket
    Metadata: { Wavetank: { Upload: [{ Key: a, File: package.json }, { Key: b, File: package.json }, { Key: c, File: package.json }] } }
  Taken: { Type: AWS::Kinesis::Stream, DependsOn: Models, Properties: { Name: taken } }`;
    await api.call("kinesis", "CreateStream", { StreamName: "taken" });
    const parsed = templateOf(template, process.cwd());
    await failure(deploy(parsed, { stackName: "ride", api }));
    expect(api.buckets.size).toBe(0);
  });

  test("and stops waiting for the others as soon as one fails", async () => {
    const api = new MemoryApi({ pendingReads: Number.POSITIVE_INFINITY });
    const template = `
Resources:
  Slow: { Type: AWS::Kinesis::Stream }
  Broken: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: {} } }
  Taken: { Type: AWS::S3::Bucket, DependsOn: Broken, Properties: { BucketName: taken } }`;
    api.buckets.set("taken", new Map());
    const error = await failure(deployText(template, api));
    expect(error.message).toContain("BucketAlreadyOwnedByYou");
    expect(api.streams.size).toBe(0);
  });

  test("when the caller interrupts it", async () => {
    const api = new MemoryApi({ pendingReads: Number.POSITIVE_INFINITY });
    const controller = new AbortController();
    const deploying = deployText("Resources: { A: { Type: AWS::Kinesis::Stream } }", api, {
      signal: controller.signal,
    });
    setImmediate(() => controller.abort());
    expect((await failure(deploying)).message).toBe("The deploy was interrupted.");
    expect(api.streams.size).toBe(0);
  });

  test("only what its deletion policy does not retain", async () => {
    const api = new MemoryApi();
    await api.call("kinesis", "CreateStream", { StreamName: "taken" });
    const template = `
Resources:
  A: { Type: AWS::Kinesis::Stream, DeletionPolicy: Retain, Properties: { Name: a } }
  B: { Type: AWS::Kinesis::Stream, DeletionPolicy: RetainExceptOnCreate, Properties: { Name: b } }
  Taken: { Type: AWS::Kinesis::Stream, DependsOn: [A, B], Properties: { Name: taken } }`;
    await failure(deployText(template, api));
    expect([...api.streams.keys()]).toEqual(["taken", "a"]);
  });

  test("nothing, when the template is wrong: nothing was created", async () => {
    const api = new MemoryApi();
    const template =
      "Resources: { A: { Type: AWS::Kinesis::Stream }, B: { Type: AWS::Kinesis::Strem } }";
    expect((await failure(deployText(template, api))).code).toBe("ERR_TEMPLATE");
    expect(api.calls).toEqual([]);
  });
});

describe("deletes", () => {
  const STREAMS = `
Resources:
  A: { Type: AWS::Kinesis::Stream, Properties: { Name: a } }
  B: { Type: AWS::Kinesis::Stream, DeletionPolicy: Retain, Properties: { Name: b } }
  C: { Type: AWS::S3::Bucket, Properties: { BucketName: c } }`;

  test("all that the stack created, the last first, but for what is retained", async () => {
    const api = new MemoryApi();
    const stack = await deployText(STREAMS, api);
    for (const key of ["x", "y", "z"]) {
      await api.call("s3", "PutObject", { Bucket: "c", Key: key, Body: new Uint8Array() });
    }
    await stack.delete();
    expect([[...api.streams.keys()], api.buckets.size]).toEqual([["b"], 0]);
  });

  test("does not mind what is gone already", async () => {
    const api = new MemoryApi();
    const stack = await deployText(STREAMS, api);
    api.streams.clear();
    api.buckets.clear();
    await expect(stack.delete()).resolves.toBeUndefined();
  });

  test("goes on past what it cannot delete, and names it", async () => {
    class StubbornApi extends MemoryApi {
      override async call<Out>(...call: Parameters<MemoryApi["call"]>): Promise<Out> {
        if (call[1] === "DeleteBucket") throw new Error("AccessDenied");
        return await super.call<Out>(...call);
      }
    }
    const api = new StubbornApi();
    const stack = await deployText(STREAMS, api);
    await expect(stack.delete()).rejects.toThrow("C (c): AccessDenied");
    expect([...api.streams.keys()]).toEqual(["b"]);
  });
});
