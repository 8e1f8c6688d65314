import { expect, test } from "vitest";
import { deployText, failure } from "./deploying.ts";
import { MemoryApi } from "./memory-api.ts";

const sam = (policies: string, rest = "") => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Rides: { Type: AWS::Kinesis::Stream }
  Score:
    Type: AWS::Serverless::Function
    ${rest}
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      InlineCode: x
      Policies: ${policies}`;

test("policies are kept: managed ones, documents, and SAM's templates with their parameters", async () => {
  const policies = `
        - AWSLambdaBasicExecutionRole
        - !Sub arn:\${AWS::Partition}:iam::aws:policy/AmazonS3ReadOnlyAccess
        - Version: "2012-10-17"
          Statement: [{ Effect: Allow, Action: "*", Resource: "*" }]
        - KinesisStreamReadPolicy: { StreamName: !Ref Rides }
        - DynamoDBStreamReadPolicy: { TableName: rides, StreamName: "*" }
        - CloudWatchPutMetricPolicy: {}`;
  const stack = await deployText(sam(policies), new MemoryApi());
  expect(stack.resources.map(({ type }) => type)).toContain("AWS::Lambda::Function");
});

test("a policy template is named by its nearest when unknown, and its missing parameters are", async () => {
  const wrong = sam("[S3ReadPolicy: { Bucket: a }, S3RedPolicy: { BucketName: a }]");
  const error = await failure(deployText(wrong, new MemoryApi()));
  expect(error.message).toContain("the policy template S3ReadPolicy needs BucketName.");
  expect(error.message).toContain('unknown policy template "S3RedPolicy".');
  expect(error.message).toContain('Did you mean "S3ReadPolicy"?');
});

test("connectors are checked and kept", async () => {
  const connectors = (permission: string) =>
    sam(
      "[]",
      `Connectors: { Write: { Properties: { Destination: { Id: Rides }, Permissions: [${permission}] } } }`,
    ).replace(
      "  Rides:",
      `  Link:
    Type: AWS::Serverless::Connector
    Properties: { Source: { Id: Score }, Destination: { Id: Rides }, Permissions: [${permission}] }
  Rides:`,
    );
  const stack = await deployText(connectors("Write"), new MemoryApi());
  expect(stack.resources.map(({ logicalId }) => logicalId)).not.toContain("Link");
  const error = await failure(deployText(connectors("Wrote"), new MemoryApi()));
  expect(error.message.match(/"Wrote" is no permission of a connector/g)).toHaveLength(2);
});
