import { expect, test } from "vitest";
import { needsOf } from "../../emulator/cli/aws-checks/needs.ts";
import { parseTemplate } from "../../emulator/template/load.ts";

const scope = { accountId: "123456789012", region: "eu-west-1" };

function needs(resources: string, parameters: Record<string, string> = {}) {
  const text = `
Transform: AWS::Serverless-2016-10-31
Parameters:
  Shards: { Type: Number, Default: 3 }
Resources:
${resources}`;
  const template = parseTemplate(text, { file: "template.yaml", folder: "/pipelines/ride" });
  return needsOf([{ template, stackName: "ride" }], { scope, parameters });
}

const FUNCTION = (events: string) => `
  Scorer:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      InlineCode: "exports.handler = () => {}"
      Events: ${events}`;

test("shards are counted with the parameters' values, and one where none is said", () => {
  const streams = `
  Input: { Type: AWS::Kinesis::Stream, Properties: { ShardCount: !Ref Shards } }
  Output: { Type: AWS::Kinesis::Stream }`;
  expect(needs(streams).provisionedShards).toBe(4);
  expect(needs(streams, { Shards: "7" }).provisionedShards).toBe(8);
});

test("an on-demand stream takes no shard of the quota", () => {
  const { provisionedShards, onDemandStreams } = needs(`
  Input:
    Type: AWS::Kinesis::Stream
    Properties: { StreamModeDetails: { StreamMode: ON_DEMAND } }`);
  expect({ provisionedShards, onDemandStreams }).toEqual({
    provisionedShards: 0,
    onDemandStreams: 1,
  });
});

test.each([
  ["", 3],
  [", ParallelizationFactor: 2", 6],
  [", Enabled: false", 0],
])(
  "a mapping with%s runs as many functions at once as its stream has shards, times its factor",
  (more, expected) => {
    const event = `{ Type: Kinesis, Properties: { Stream: !GetAtt Input.Arn, StartingPosition: LATEST${more} } }`;
    const { concurrency } = needs(`
  Input: { Type: AWS::Kinesis::Stream, Properties: { ShardCount: 3 } }
${FUNCTION(`{ Records: ${event} }`)}`);
    expect(concurrency).toBe(expected);
  },
);

test("instances of one type add up over variants, and serverless variants have none", () => {
  const { instances } = needs(`
  Config:
    Type: AWS::SageMaker::EndpointConfig
    Properties:
      ProductionVariants:
        - { VariantName: a, ModelName: m, InstanceType: ml.m5.large, InitialInstanceCount: 2 }
        - { VariantName: b, ModelName: m, InstanceType: ml.m5.large }
        - { VariantName: c, ModelName: m, ServerlessConfig: { MaxConcurrency: 1, MemorySizeInMB: 1024 } }`);
  expect([...instances]).toEqual([["ml.m5.large", 3]]);
});

test("a model's artifact is found through the bucket that the template names", () => {
  const { buckets, images, modelData } = needs(`
  Models: { Type: AWS::S3::Bucket, Properties: { BucketName: !Sub "models-\${AWS::AccountId}" } }
  Model:
    Type: AWS::SageMaker::Model
    Properties:
      PrimaryContainer: { Image: an-image, ModelDataUrl: !Sub "s3://\${Models}/model.tar.gz" }`);
  expect([...buckets]).toEqual(["models-123456789012"]);
  expect([...images]).toEqual(["an-image"]);
  expect([...modelData]).toEqual(["s3://models-123456789012/model.tar.gz"]);
});

test("a bucket without a name is kept apart: nobody can have put a model there", () => {
  const { buckets, unnamedBuckets, modelData } = needs(`
  Models: { Type: AWS::S3::Bucket }
  Model:
    Type: AWS::SageMaker::Model
    Properties:
      PrimaryContainer: { Image: an-image, ModelDataUrl: !Sub "s3://\${Models}/model.tar.gz" }`);
  expect([...buckets]).toEqual([]);
  expect([...unnamedBuckets]).toEqual(["ride-Models"]);
  expect([...modelData]).toEqual(["s3://ride-Models/model.tar.gz"]);
});

test("what the template loader does not know is warned of, not counted", () => {
  const { warnings, provisionedShards } = needs(`
  Input: { Type: AWS::Kinesis::Stream }
  Volume: { Type: AWS::EC2::Volume }`);
  expect(warnings).toEqual([expect.stringContaining("AWS::EC2::Volume")]);
  expect(provisionedShards).toBe(1);
});
