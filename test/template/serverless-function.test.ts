import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync, zipSync } from "fflate";
import { afterAll, describe, expect, test } from "vitest";
import { deploy } from "../../emulator/template/deploy.ts";
import { MemoryApi } from "./memory-api.ts";
import { complaint, planOf, templateOf } from "./reading.ts";

const folder = mkdtempSync(join(tmpdir(), "wavetank-function-"));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, "handler.ts"), "export const handler = async () => {};");

const NEEDED = "Handler: handler.handler, Runtime: nodejs22.x";

function templateText(properties: string, rest = ""): string {
  return `Transform: AWS::Serverless-2016-10-31
Resources:
  Rides: { Type: AWS::Kinesis::Stream, Properties: { Name: ride_events } }
  Scorer:
    Type: AWS::Serverless::Function
    Properties: ${properties}
${rest}`;
}

/** The API after the deploy of a template with a function of these properties. */
async function deployed(properties: string, rest = "") {
  const api = new MemoryApi();
  const stack = await deploy(templateOf(templateText(properties, rest), folder), {
    stackName: "ride",
    api,
  });
  return { api, stack };
}

describe("code", () => {
  test("a local folder is handed over by its absolute path, the template's own by default", async () => {
    const { api } = await deployed(`{ ${NEEDED} }`);
    expect(api.input("CreateFunction").Code).toEqual({ S3Bucket: "hot-reload", S3Key: folder });
  });

  test("inline code is zipped as index.js or index.py, to the same bytes each time", async () => {
    const inline = (runtime: string) =>
      `{ Handler: index.handler, Runtime: ${runtime}, InlineCode: "x = 1" }`;
    const [node, again, python] = await Promise.all(
      ["nodejs22.x", "nodejs22.x", "python3.13"].map(async (runtime) => {
        const { api } = await deployed(inline(runtime));
        return (api.input("CreateFunction").Code as { ZipFile: Uint8Array }).ZipFile;
      }),
    );
    expect(Object.keys(unzipSync(node ?? new Uint8Array()))).toEqual(["index.js"]);
    expect(Object.keys(unzipSync(python ?? new Uint8Array()))).toEqual(["index.py"]);
    expect(node).toEqual(again);
  });

  test("a local zip is sent along", async () => {
    const zip = zipSync({ "handler.js": new Uint8Array([1]) });
    writeFileSync(join(folder, "code.zip"), zip);
    const { api } = await deployed(`{ ${NEEDED}, CodeUri: ./code.zip }`);
    expect(api.input("CreateFunction").Code).toEqual({ ZipFile: Buffer.from(zip) });
  });

  test("code in S3 is named by bucket, key and version", async () => {
    const text = await deployed(`{ ${NEEDED}, CodeUri: "s3://code/a/b.zip" }`);
    expect(text.api.input("CreateFunction").Code).toEqual({ S3Bucket: "code", S3Key: "a/b.zip" });
    const map = await deployed(
      `{ ${NEEDED}, CodeUri: { Bucket: code, Key: b.zip, Version: "3" } }`,
    );
    const expected = { S3Bucket: "code", S3Key: "b.zip", S3ObjectVersion: "3" };
    expect(map.api.input("CreateFunction").Code).toEqual(expected);
  });
});

test("a build method of SAM's is accepted: a folder of TypeScript runs as it is", async () => {
  const metadata = `    Metadata:
      BuildMethod: esbuild
      BuildProperties: { Minify: true, Target: es2022, EntryPoints: [handler.ts] }
`;
  const { api } = await deployed(`{ ${NEEDED} }`, metadata);
  expect(api.input("CreateFunction")).toMatchObject({ Handler: "handler.handler" });
});

test("Ref is the name, GetAtt Arn the ARN, and a role is made unless one is given", async () => {
  const outputs = `Outputs:
  Name: { Value: !Ref Scorer }
  Arn: { Value: !GetAtt Scorer.Arn }
  Role: { Value: !GetAtt ScorerRole.Arn }
`;
  const { api, stack } = await deployed(`{ ${NEEDED}, FunctionName: score }`, outputs);
  expect(stack.outputs).toEqual({
    Name: "score",
    Arn: "arn:aws:lambda:us-east-1:000000000000:function:score",
    Role: "arn:aws:iam::000000000000:role/ride-ScorerRole-JP4Y9EB3JJTW",
  });
  expect(api.input("CreateFunction").Role).toBe(stack.outputs.Role);
  const own = await deployed(`{ ${NEEDED}, Role: "arn:aws:iam::1:role/mine" }`);
  expect(own.api.input("CreateFunction").Role).toBe("arn:aws:iam::1:role/mine");
  expect(own.stack.resources.map(({ logicalId }) => logicalId)).not.toContain("ScorerRole");
});

test("what a function has is passed on to CreateFunction", async () => {
  const { api } = await deployed(`{ ${NEEDED}, Description: d, MemorySize: "512", Timeout: 30,
      Architectures: [arm64], EphemeralStorage: { Size: 1024 }, Tags: { a: 1 },
      Policies: [AmazonKinesisFullAccess], Tracing: Active, KmsKeyArn: "arn:aws:kms:x",
      Environment: { Variables: { N: 0123, T: True, S: !Ref Rides } } }`);
  expect(api.input("CreateFunction")).toEqual({
    FunctionName: "ride-Scorer-2P32M5YXT9EY",
    Handler: "handler.handler",
    Runtime: "nodejs22.x",
    Description: "d",
    MemorySize: 512,
    Timeout: 30,
    Architectures: ["arm64"],
    EphemeralStorage: { Size: 1024 },
    Tags: { a: "1" },
    TracingConfig: { Mode: "Active" },
    KMSKeyArn: "arn:aws:kms:x",
    Environment: { Variables: { N: "0123", T: "true", S: "ride_events" } },
    Role: "arn:aws:iam::000000000000:role/ride-ScorerRole-JP4Y9EB3JJTW",
    Code: { S3Bucket: "hot-reload", S3Key: folder },
  });
});

test("a Kinesis event becomes an event source mapping with all that SAM knows of it", async () => {
  const { api, stack } = await deployed(`
      Handler: handler.handler
      Runtime: nodejs22.x
      Events:
        FromRides:
          Type: Kinesis
          Properties:
            Stream: !GetAtt Rides.Arn
            StartingPosition: AT_TIMESTAMP
            StartingPositionTimestamp: 1767225600
            BatchSize: 10
            MaximumBatchingWindowInSeconds: 1
            Enabled: true
            BisectBatchOnFunctionError: "true"
            MaximumRetryAttempts: 2
            MaximumRecordAgeInSeconds: -1
            ParallelizationFactor: 2
            TumblingWindowInSeconds: 60
            FunctionResponseTypes: [ReportBatchItemFailures]
            DestinationConfig: { OnFailure: { Type: SQS, Destination: "arn:aws:sqs:us-east-1:1:dlq" } }
            FilterCriteria: { Filters: [{ Pattern: '{"data":{}}' }] }`);
  expect(api.input("CreateEventSourceMapping")).toEqual({
    FunctionName: "ride-Scorer-2P32M5YXT9EY",
    EventSourceArn: "arn:aws:kinesis:us-east-1:000000000000:stream/ride_events",
    StartingPosition: "AT_TIMESTAMP",
    StartingPositionTimestamp: new Date("2026-01-01T00:00:00Z"),
    BatchSize: 10,
    MaximumBatchingWindowInSeconds: 1,
    Enabled: true,
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: 2,
    MaximumRecordAgeInSeconds: -1,
    ParallelizationFactor: 2,
    TumblingWindowInSeconds: 60,
    FunctionResponseTypes: ["ReportBatchItemFailures"],
    DestinationConfig: { OnFailure: { Destination: "arn:aws:sqs:us-east-1:1:dlq" } },
    FilterCriteria: { Filters: [{ Pattern: '{"data":{}}' }] },
  });
  expect(stack.resources.map(({ logicalId }) => logicalId)).toContain("ScorerFromRides");
});

test("each fault names the place and what to write instead", () => {
  const event = (properties: string, type = "Kinesis") =>
    `{ ${NEEDED}, Events: { E: { Type: ${type}, Properties: ${properties} } } }`;
  const stream = "Stream: !GetAtt Rides.Arn";
  const complaints = [
    "{ Runtime: nodejs22.x }",
    `{ ${NEEDED}, CodeUri: ../elsewhere }`,
    `{ ${NEEDED}, CodeUri: { Bucket: b } }`,
    `{ ${NEEDED}, CodeUri: ., InlineCode: x }`,
    "{ Handler: a.b, Runtime: ruby3.3, InlineCode: x }",
    "{ PackageType: Image }",
    `{ ${NEEDED}, ImageUri: "x" }`,
    `{ ${NEEDED}, Handlr: a }`,
    `{ ${NEEDED}, Layers: [a] }`,
    `{ ${NEEDED}, Tags: [{ Key: a, Value: b }] }`,
    `{ ${NEEDED}, Environment: { A: b } }`,
    `{ ${NEEDED}, Events: [a] }`,
    `{ ${NEEDED}, Events: { E: {} } }`,
    event("{}", "SNS"),
    event("{}", "Kinesys"),
    event(`{ ${stream} }`),
    event("{ StartingPosition: LATEST }"),
    event(`{ ${stream}, StartingPosition: LATEST, BatchSzie: 3 }`),
    event(`{ ${stream}, StartingPosition: LATEST, BatchSize: many }`),
    event(`{ ${stream}, StartingPosition: LATEST, MetricsConfig: {} }`),
    event(`{ ${stream}, StartingPosition: LATEST, FilterCriteria: { Filter: [] } }`),
  ].map((properties) => {
    const said = complaint(() => planOf(templateText(properties), { folder }));
    return `## ${properties}\n${said.replaceAll(tmpdir(), "")}`;
  });
  expect(
    `\n${complaints.join("\n").replaceAll(/wavetank-function-\w+/g, "ride")}\n`,
  ).toMatchInlineSnapshot(`
    "
    ## { Runtime: nodejs22.x }
    template.yaml:6:17 Scorer: the function needs Handler.
    Write Handler: handler.handler.
    ## { Handler: handler.handler, Runtime: nodejs22.x, CodeUri: ../elsewhere }
    template.yaml:6:75 Scorer: there is no file or folder /elsewhere.
    Write CodeUri: and a path relative to the template.
    ## { Handler: handler.handler, Runtime: nodejs22.x, CodeUri: { Bucket: b } }
    template.yaml:6:75 Scorer: CodeUri needs a Bucket and a Key.
    Write Bucket: and Key:, or a folder.
    ## { Handler: handler.handler, Runtime: nodejs22.x, CodeUri: ., InlineCode: x }
    template.yaml:6:90 Scorer: a function has either InlineCode or CodeUri.
    Remove one of them.
    ## { Handler: a.b, Runtime: ruby3.3, InlineCode: x }
    template.yaml:6:42 Scorer: inline code cannot run on ruby3.3.
    Use CodeUri, or a Node.js or Python runtime.
    ## { PackageType: Image }
    template.yaml:6:32 Scorer: PackageType Image: container images are not run in embedded mode.
    Give the function a Handler, a Runtime and a CodeUri, and build the image of the same code.
    ## { Handler: handler.handler, Runtime: nodejs22.x, ImageUri: "x" }
    template.yaml:6:66 Scorer: the property ImageUri of AWS::Serverless::Function is not emulated.
    Remove it. Deploy with --loose to leave it out.
    ## { Handler: handler.handler, Runtime: nodejs22.x, Handlr: a }
    template.yaml:6:66 Scorer: unknown property "Handlr" of AWS::Serverless::Function.
    Did you mean "Handler"? Known properties of AWS::Serverless::Function: FunctionName, Handler, Runtime, Description, MemorySize, Timeout, Environment, Architectures, EphemeralStorage, KmsKeyArn, LoggingConfig, PackageType, ReservedConcurrentExecutions, CodeUri, InlineCode, Role, Tags, Tracing, Events, AutoPublishAlias, VersionDescription, EventInvokeConfig, AssumeRolePolicyDocument, DeadLetterQueue, FunctionUrlConfig, Policies, CodeSigningConfigArn, PermissionsBoundary, PropagateTags, RecursiveLoop, RolePath, RuntimeManagementConfig, SnapStart, SourceKMSKeyArn, VpcConfig. Deploy with --loose to leave it out.
    ## { Handler: handler.handler, Runtime: nodejs22.x, Layers: [a] }
    template.yaml:6:66 Scorer: the property Layers of AWS::Serverless::Function is not emulated.
    Remove it. Deploy with --loose to leave it out.
    ## { Handler: handler.handler, Runtime: nodejs22.x, Tags: [{ Key: a, Value: b }] }
    template.yaml:6:72 Scorer: Tags must be a map.
    Write Tags: and below it, indented, Key: value.
    ## { Handler: handler.handler, Runtime: nodejs22.x, Environment: { A: b } }
    template.yaml:6:81 Scorer: unknown property "A" of Environment.
    Known properties of Environment: Variables. Deploy with --loose to leave it out.
    ## { Handler: handler.handler, Runtime: nodejs22.x, Events: [a] }
    template.yaml:6:74 Scorer: Events must be a map, not a list.
    Write Events: and below it, indented, a name, its Type and its Properties.
    ## { Handler: handler.handler, Runtime: nodejs22.x, Events: { E: {} } }
    template.yaml:6:76 Scorer: the event E has no Type.
    Write Type: Kinesis and Properties: below it.
    ## { Handler: handler.handler, Runtime: nodejs22.x, Events: { E: { Type: SNS, Properties: {} } } }
    template.yaml:6:87 Scorer: events of type SNS are not emulated.
    Emulated event types: Kinesis, Api, HttpApi, S3, Schedule, ScheduleV2. Deploy with --loose to leave it out.
    ## { Handler: handler.handler, Runtime: nodejs22.x, Events: { E: { Type: Kinesys, Properties: {} } } }
    template.yaml:6:87 Scorer: unknown event type "Kinesys".
    Did you mean "Kinesis"? Known event types: Kinesis, Api, HttpApi, S3, Schedule, ScheduleV2, AlexaSkill, CloudWatchEvent, CloudWatchLogs, Cognito, DocumentDB, DynamoDB, EventBridgeRule, IoTRule, MQ, MSK, SNS, SQS, SelfManagedKafka. Deploy with --loose to leave it out.
    ## { Handler: handler.handler, Runtime: nodejs22.x, Events: { E: { Type: Kinesis, Properties: { Stream: !GetAtt Rides.Arn } } } }
    template.yaml:6:108 Scorer: the event E needs StartingPosition.
    Write StartingPosition: TRIM_HORIZON or LATEST.
    ## { Handler: handler.handler, Runtime: nodejs22.x, Events: { E: { Type: Kinesis, Properties: { StartingPosition: LATEST } } } }
    template.yaml:6:108 Scorer: the event E needs Stream.
    Write Stream: !GetAtt YourStream.Arn.
    ## { Handler: handler.handler, Runtime: nodejs22.x, Events: { E: { Type: Kinesis, Properties: { Stream: !GetAtt Rides.Arn, StartingPosition: LATEST, BatchSzie: 3 } } } }
    template.yaml:6:163 Scorer: unknown property "BatchSzie" of the Kinesis event E.
    Did you mean "BatchSize"? Known properties: Stream, StartingPosition, StartingPositionTimestamp, BatchSize, MaximumBatchingWindowInSeconds, Enabled, BisectBatchOnFunctionError, MaximumRetryAttempts, MaximumRecordAgeInSeconds, ParallelizationFactor, TumblingWindowInSeconds, FunctionResponseTypes, DestinationConfig, FilterCriteria. Deploy with --loose to leave it out.
    ## { Handler: handler.handler, Runtime: nodejs22.x, Events: { E: { Type: Kinesis, Properties: { Stream: !GetAtt Rides.Arn, StartingPosition: LATEST, BatchSize: many } } } }
    template.yaml:6:174 Scorer: BatchSize must be a number, not the text "many".
    Give a number.
    ## { Handler: handler.handler, Runtime: nodejs22.x, Events: { E: { Type: Kinesis, Properties: { Stream: !GetAtt Rides.Arn, StartingPosition: LATEST, MetricsConfig: {} } } } }
    template.yaml:6:163 Scorer: MetricsConfig of an event of type Kinesis is not emulated.
    Remove it. Deploy with --loose to leave it out.
    ## { Handler: handler.handler, Runtime: nodejs22.x, Events: { E: { Type: Kinesis, Properties: { Stream: !GetAtt Rides.Arn, StartingPosition: LATEST, FilterCriteria: { Filter: [] } } } } }
    template.yaml:6:181 Scorer: unknown property "Filter" of FilterCriteria.
    Did you mean "Filters"? Known properties of FilterCriteria: Filters. Deploy with --loose to leave it out.
    "
  `);
});
