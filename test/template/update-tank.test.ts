import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient } from "@aws-sdk/client-kinesis";
import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  ListVersionsByFunctionCommand,
} from "@aws-sdk/client-lambda";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { startTank } from "../support/tank.ts";
import { Project } from "./project.ts";

const FUNCTION = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Rides: { Type: AWS::Kinesis::Stream, Properties: { Name: rides } }
  Models: { Type: AWS::S3::Bucket, Properties: { BucketName: models } }
  Score:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: score
      Runtime: nodejs22.x
      Handler: index.handler
      InlineCode: |
        exports.handler = async () => process.env.MODE ?? "one";
      AutoPublishAlias: live
      Events:
        Records: { Type: Kinesis, Properties: { Stream: !GetAtt Rides.Arn, StartingPosition: LATEST, BatchSize: 10 } }
`;

test("an update keeps records, objects and versions, and moves the alias to the new code", async () => {
  await using tank = await startTank();
  using project = new Project();
  const [kinesis, lambda, s3] = [
    tank.client(KinesisClient),
    tank.client(LambdaClient),
    tank.client(S3Client),
  ];
  const stackName = "ride";
  project.write("template.yaml", FUNCTION);
  await tank.deploy(project.template, { stackName });
  await tank.call("kinesis", "PutRecord", {
    StreamName: "rides",
    PartitionKey: "a",
    Data: Buffer.from("kept"),
  });
  await s3.send(new PutObjectCommand({ Bucket: "models", Key: "kept", Body: "kept" }));
  const invoke = async (Qualifier: string) => {
    const command = new InvokeCommand({ FunctionName: "score", Qualifier });
    return (await lambda.send(command)).Payload?.transformToString();
  };
  expect(await invoke("live")).toBe('"one"');

  const text = FUNCTION.replace('process.env.MODE ?? "one"', "process.env.MODE").replace(
    "AutoPublishAlias",
    "Environment: { Variables: { MODE: two } }\n      Timeout: 9\n      AutoPublishAlias",
  );
  project.write(
    "template.yaml",
    text
      .replace("BatchSize: 10", "BatchSize: 20")
      .replace(
        "BucketName: models",
        "BucketName: models, WebsiteConfiguration: { IndexDocument: i.html }",
      )
      .replace("Name: rides", "Name: rides, RetentionPeriodHours: 48"),
  );
  const stack = await tank.deploy(project.template, { stackName });
  expect(stack.changes.map(({ logicalId, action }) => `${logicalId} ${action}`)).toEqual([
    "Rides changed",
    "Models changed",
    "Score changed",
    "ScoreVersion replaced",
    "ScoreAliaslive changed",
    "ScoreRecords changed",
  ]);
  expect([await invoke("live"), await invoke("1")]).toEqual(['"two"', '"one"']);
  const { Versions } = await lambda.send(
    new ListVersionsByFunctionCommand({ FunctionName: "score" }),
  );
  expect(Versions?.map(({ Version }) => Version)).toEqual(["$LATEST", "1", "2"]);
  const alias = new GetAliasCommand({ FunctionName: "score", Name: "live" });
  expect((await lambda.send(alias)).FunctionVersion).toBe("2");
  const configuration = new GetFunctionConfigurationCommand({ FunctionName: "score" });
  expect(await lambda.send(configuration)).toMatchObject({ Timeout: 9 });
  const { EventSourceMappings } = await lambda.send(new ListEventSourceMappingsCommand({}));
  expect(EventSourceMappings).toMatchObject([{ BatchSize: 20, State: "Enabled" }]);
  const object = await s3.send(new GetObjectCommand({ Bucket: "models", Key: "kept" }));
  expect(await object.Body?.transformToString()).toBe("kept");
  const { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({
      StreamName: "rides",
      ShardId: "shardId-000000000000",
      ShardIteratorType: "TRIM_HORIZON",
    }),
  );
  const { Records } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
  expect(Records?.map(({ Data }) => Buffer.from(Data ?? []).toString())).toEqual(["kept"]);

  expect((await tank.deploy(project.template, { stackName })).changes).toEqual([]);
  project.write("template.yaml", FUNCTION);
  await tank.deploy(project.template, { stackName });
  expect(await lambda.send(configuration)).toMatchObject({ Timeout: 3 });
  expect(await invoke("live")).toBe('"one"');
});

test("APIs keep their addresses while their routes change", async () => {
  await using tank = await startTank();
  using project = new Project();
  const template = ({ rest, http }: { rest: string; http: string }) => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      InlineCode: 'exports.handler = async () => ({ statusCode: 200, body: "hello" });'
      Events:
        Rest: { Type: Api, Properties: { Path: ${rest}, Method: get } }
        Http: { Type: HttpApi, Properties: { Path: ${http}, Method: get } }
Outputs:
  Rest: { Value: !Sub "https://\${ServerlessRestApi}.execute-api.us-east-1.amazonaws.com/Prod" }
  Http: { Value: !Sub "https://\${ServerlessHttpApi}.execute-api.us-east-1.amazonaws.com" }`;
  project.write("template.yaml", template({ rest: "/a", http: "/a" }));
  const { outputs } = await tank.deploy(project.template);
  const get = async (path: string) => {
    const bases = [outputs.Rest, outputs.Http].map((url) => tank.localUrls(url ?? ""));
    return await Promise.all(bases.map(async (url) => (await fetch(`${url}${path}`)).ok));
  };
  expect([await get("/a"), await get("/b")]).toEqual([
    [true, true],
    [false, false],
  ]);
  project.write("template.yaml", template({ rest: "/b", http: "/b" }));
  const updated = await tank.deploy(project.template);
  expect(updated.outputs).toEqual(outputs);
  expect([await get("/a"), await get("/b")]).toEqual([
    [false, false],
    [true, true],
  ]);
});

test("what the tank cannot update is named, and the stack is as it was", async () => {
  await using tank = await startTank();
  using project = new Project();
  const template = (properties: string) =>
    `Resources: { A: { Type: AWS::Kinesis::Stream, Properties: { ${properties} } } }`;
  project.write("template.yaml", template("ShardCount: 1"));
  await tank.deploy(project.template);
  project.write("template.yaml", template("ShardCount: 1, MaxRecordSizeInKiB: 2048"));
  await expect(tank.deploy(project.template)).rejects.toMatchObject({
    message: expect.stringContaining("UpdateMaxRecordSize is not emulated"),
    hint: "The stack is as it was. Correct the cause and deploy once more.",
  });
});

test.each([
  ["nope", "not valid JSON"],
  ["[]", "it is no object"],
  ['{"template": 5}', "template is of another type"],
  ['{"template": "/x", "other": 1}', "other is unknown"],
  ["{}", "template is missing"],
  ['{"template": "/nope.yaml"}', "Cannot read the template /nope.yaml"],
])("the request %s to deploy is refused in words", async (body, words) => {
  await using tank = await startTank();
  const response = await fetch(`${tank.url}/_wavetank/deploy`, { method: "POST", body });
  expect(response.status).toBe(400);
  const { error } = (await response.json()) as { error: { message: string } };
  expect(error.message).toContain(words);
});
