import { describe, expect, test } from "vitest";
import { deployText, SERVING } from "./deploying.ts";
import { MemoryApi } from "./memory-api.ts";

describe("creates", () => {
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-endpoint.html
  test("a Ref to a model, a config or an endpoint is its ARN; GetAtt gives the name", async () => {
    const { outputs } = await deployText(SERVING, new MemoryApi());
    expect(outputs.Refs?.split(" ")).toEqual([
      expect.stringMatching(/^arn:aws:sagemaker:us-east-1:000000000000:model\/ride-model-/),
      expect.stringMatching(
        /^arn:aws:sagemaker:us-east-1:000000000000:endpoint-config\/ride-config-/,
      ),
      "arn:aws:sagemaker:us-east-1:000000000000:endpoint/ride",
    ]);
    expect(outputs.Names).toMatch(/^ride-Model-[A-Z0-9]{12} ride-Config-[A-Z0-9]{12} ride$/);
  });

  test("numbers written as texts are numbers for the API", async () => {
    const api = new MemoryApi();
    await deployText(SERVING, api);
    expect(api.input("CreateEndpointConfig").ProductionVariants).toMatchObject([
      { InitialInstanceCount: 1 },
    ]);
  });

  test("a stream with its shards, mode, tags and retention", async () => {
    const api = new MemoryApi();
    const { resources } = await deployText(
      `
Parameters: { Shards: { Type: Number, Default: 2 } }
Resources:
  Rides:
    Type: AWS::Kinesis::Stream
    Properties:
      ShardCount: !Ref Shards
      RetentionPeriodHours: 48
      StreamModeDetails: { StreamMode: PROVISIONED }
      Tags: [{ Key: app, Value: ride }]
      StreamEncryption: { EncryptionType: KMS, KeyId: alias/x }`,
      api,
    );
    const StreamName = resources[0]?.physicalId;
    expect(api.input("CreateStream")).toEqual({
      StreamName,
      ShardCount: 2,
      StreamModeDetails: { StreamMode: "PROVISIONED" },
      Tags: { app: "ride" },
    });
    const longer = { StreamName, RetentionPeriodHours: 48 };
    expect(api.input("IncreaseStreamRetentionPeriod")).toEqual(longer);
  });

  test("a bucket names its region except at home, and its generated name is lower-case", async () => {
    const bucket = "Resources: { Models: { Type: AWS::S3::Bucket } }";
    const home = new MemoryApi();
    const { resources } = await deployText(bucket, home);
    expect(resources[0]?.physicalId).toMatch(/^ride-models-[a-z0-9]{12}$/);
    expect(home.input("CreateBucket")).toEqual({ Bucket: resources[0]?.physicalId });
    const away = new MemoryApi({ region: "eu-west-1" });
    await deployText(bucket, away);
    const CreateBucketConfiguration = { LocationConstraint: "eu-west-1" };
    expect(away.input("CreateBucket")).toMatchObject({ CreateBucketConfiguration });
  });

  test("a role gives its name, ARN and id, and calls nothing", async () => {
    const api = new MemoryApi();
    const { resources } = await deployText(
      `Resources: { Role: { Type: AWS::IAM::Role, Properties: { RoleName: r, Path: /a/, AssumeRolePolicyDocument: {}, Policies: [] } } }`,
      api,
    );
    expect(api.calls).toEqual([]);
    expect(resources[0]).toMatchObject({
      physicalId: "r",
      attributes: {
        Arn: "arn:aws:iam::000000000000:role/a/r",
        RoleId: expect.stringMatching(/^AROA[A-Z0-9]{17}$/),
      },
    });
  });
});
