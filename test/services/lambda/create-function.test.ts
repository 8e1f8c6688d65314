import {
  CreateFunctionCommand,
  GetFunctionCommand,
  waitUntilFunctionActiveV2,
} from "@aws-sdk/client-lambda";
import { describe, expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { type LambdaTank, ROLE, startLambdaTank, zipOf } from "./support/lambda-tank.ts";

const CODE = { ZipFile: zipOf({ "index.mjs": "export const handler = async () => 1;" }) };
const MINIMAL = {
  FunctionName: "score",
  Role: ROLE,
  Runtime: "nodejs22.x",
  Handler: "index.handler",
  Code: CODE,
} as const;

const create = (tank: LambdaTank, input: object = {}) =>
  tank.lambda.send(new CreateFunctionCommand({ ...MINIMAL, ...input }));

describe("accepts", () => {
  test("a function with AWS's defaults, Pending at first and then Active", async () => {
    await using tank = await startLambdaTank({ clock: new ManualClock() });
    const { $metadata, ...created } = await create(tank);
    expect($metadata.httpStatusCode).toBe(201);
    expect(created).toMatchObject({
      FunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:score",
      Description: "",
      Timeout: 3,
      MemorySize: 128,
      Version: "$LATEST",
      State: "Pending",
      StateReason: "The function is being created.",
      StateReasonCode: "Creating",
      PackageType: "Zip",
      Architectures: ["x86_64"],
      EphemeralStorage: { Size: 512 },
      TracingConfig: { Mode: "PassThrough" },
      SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
      LoggingConfig: { LogFormat: "Text", LogGroup: "/aws/lambda/score" },
      LastModified: "2026-01-01T00:00:00.000+0000",
    });
    expect(created.LastUpdateStatus).toBeUndefined();
  });

  test("what AWS's own waiter waits for", async () => {
    await using tank = await startLambdaTank();
    await create(tank);
    const { state } = await waitUntilFunctionActiveV2(
      { client: tank.lambda, maxWaitTime: 10, minDelay: 1 },
      { FunctionName: "score" },
    );
    expect(state).toBe("SUCCESS");
  });

  test("code from S3", async () => {
    await using tank = await startLambdaTank();
    tank.objects.set("artifacts/score.zip", CODE.ZipFile);
    await create(tank, { Code: { S3Bucket: "artifacts", S3Key: "score.zip" } });
    await tank.settled("score");
    expect((await tank.invoke("score")).payload).toBe(1);
  });

  test("settings that are kept and shown again", async () => {
    await using tank = await startLambdaTank();
    const given = {
      Description: "scores rides",
      Timeout: 30,
      MemorySize: 256,
      Architectures: ["arm64"],
      EphemeralStorage: { Size: 1024 },
      TracingConfig: { Mode: "Active" },
      LoggingConfig: { LogFormat: "Text", LogGroup: "/rides" },
      Environment: { Variables: { RUN_ID: "123" } },
    };
    expect(await create(tank, { ...given, Tags: { team: "ml" } })).toMatchObject(given);
    const { Tags } = await tank.lambda.send(new GetFunctionCommand({ FunctionName: "score" }));
    expect(Tags).toEqual({ team: "ml" });
  });
});

describe("rejects", () => {
  const cases: readonly [string, object, object][] = [
    [
      "a role that is no ARN of one",
      { Role: "r1" },
      {
        name: "ValidationException",
        message:
          "1 validation error detected: Value 'r1' at 'role' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+",
      },
    ],
    [
      "a runtime that AWS does not know",
      { Runtime: "PYTHON3.9" },
      {
        name: "InvalidParameterValueException",
        message: expect.stringMatching(
          /^Value PYTHON3.9 at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: \[nodejs20\.x, python3\.14, .*\] or be a valid ARN$/,
        ),
      },
    ],
    [
      "a runtime that is not emulated, by name",
      { Runtime: "java21" },
      { message: expect.stringContaining("Runtime java21 is not emulated") },
    ],
    [
      "a zip package without a handler",
      { Handler: undefined },
      {
        message:
          "Runtime and Handler are mandatory parameters for functions created with deployment packages.",
      },
    ],
    [
      "what is no zip",
      { Code: { ZipFile: Buffer.from("not a zip") } },
      {
        message: "Could not unzip uploaded file. Please check your file, then try to upload again.",
      },
    ],
    [
      "an object that is not there",
      { Code: { S3Bucket: "artifacts", S3Key: "gone.zip" } },
      {
        message:
          "Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.",
      },
    ],
    [
      "a code folder that is not there",
      { Code: { S3Bucket: "hot-reload", S3Key: "/no/such/folder" } },
      { message: expect.stringContaining("/no/such/folder") },
    ],
    [
      "a code folder that is not absolute",
      { Code: { S3Bucket: "hot-reload", S3Key: "handlers" } },
      { message: expect.stringContaining("not an absolute path") },
    ],
    ["no code at all", { Code: {} }, { message: "Please provide a source for function code." }],
    [
      "variables that Lambda sets itself",
      { Environment: { Variables: { AWS_REGION: "x", RUN_ID: "1", _HANDLER: "y" } } },
      {
        name: "InvalidParameterValueException",
        message:
          "Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: AWS_REGION, _HANDLER",
      },
    ],
    [
      "more than 4 KB of variables",
      { Environment: { Variables: { BIG: "x".repeat(4090) } } },
      {
        message: expect.stringMatching(
          /exceeded the 4KB limit\. String measured: \{"BIG":"x{4090}"\}$/,
        ),
      },
    ],
    ["more than 15 minutes", { Timeout: 901 }, { name: "ValidationException" }],
    ["less than 128 MB", { MemorySize: 127 }, { name: "ValidationException" }],
    [
      "a name of more than 64 characters",
      { FunctionName: "a".repeat(65) },
      { message: expect.stringContaining("Member must have length less than or equal to 64") },
    ],
  ];

  test.each(cases)("%s", async (_what, input, expected) => {
    await using tank = await startLambdaTank();
    await expect(create(tank, input)).rejects.toMatchObject(expected);
  });

  const unemulated: readonly [string, object][] = [
    ["Layers", { Layers: ["arn:aws:lambda:us-east-1:000000000000:layer:numpy:1"] }],
    ["VpcConfig", { VpcConfig: { SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"] } }],
    ["PackageType Image", { PackageType: "Image" }],
    ["SnapStart", { SnapStart: { ApplyOn: "PublishedVersions" } }],
    ["LogFormat JSON", { LoggingConfig: { LogFormat: "JSON" } }],
    ["S3ObjectVersion", { Code: { S3Bucket: "b", S3Key: "k", S3ObjectVersion: "1" } }],
    [
      "FileSystemConfigs",
      { FileSystemConfigs: [{ Arn: "arn:aws:elasticfilesystem:x", LocalMountPath: "/mnt/x" }] },
    ],
  ];

  test.each(unemulated)("%s, by name", async (name, input) => {
    await using tank = await startLambdaTank();
    await expect(create(tank, input)).rejects.toMatchObject({
      name: "InvalidParameterValueException",
      message: expect.stringMatching(new RegExp(`${name}.* is not emulated by Wavetank yet`)),
    });
  });

  test("a second function of the same name", async () => {
    await using tank = await startLambdaTank();
    await create(tank);
    await expect(create(tank)).rejects.toMatchObject({
      name: "ResourceConflictException",
      message: "Function already exist: score",
      $metadata: { httpStatusCode: 409 },
    });
  });

  test("a zip of more than 50 MB", async () => {
    await using tank = await startLambdaTank();
    tank.objects.set("artifacts/big.zip", new Uint8Array(52_428_801));
    const big = { Code: { S3Bucket: "artifacts", S3Key: "big.zip" } };
    await expect(create(tank, big)).rejects.toMatchObject({
      name: "RequestEntityTooLargeException",
      message: "Zipped size must be smaller than 52428800 bytes",
    });
  });
});
