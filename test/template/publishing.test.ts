import {
  GetAliasCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionEventInvokeConfigCommand,
  InvokeCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  ListVersionsByFunctionCommand,
} from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { localUrls } from "../../emulator/gateway/address.ts";
import type { AwsApi } from "../../emulator/template/api.ts";
import { deploy } from "../../emulator/template/deploy.ts";
import type { Wavetank } from "../../emulator/wavetank.ts";
import { startTank } from "../support/tank.ts";
import { MemoryApi } from "./memory-api.ts";
import { templateOf } from "./reading.ts";

const CODE =
  'InlineCode: "exports.handler = async () => 1", Handler: index.handler, Runtime: nodejs22.x';

const apiOf = (tank: Wavetank): AwsApi => ({
  call: (service, operation, input) => tank.call(service, operation, input),
  clock: tank.clock,
  scope: tank.scope,
});

function sam(properties: string): string {
  return `Transform: AWS::Serverless-2016-10-31
Resources:
  Rides: { Type: AWS::Kinesis::Stream, Properties: { Name: rides } }
  Scorer:
    Type: AWS::Serverless::Function
    Properties: { FunctionName: score, ${CODE}, ${properties} }`;
}

test("AutoPublishAlias makes a version and an alias, which the function's events invoke", async () => {
  await using tank = await startTank();
  const lambda = tank.client(LambdaClient);
  const text = sam(
    "AutoPublishAlias: live, VersionDescription: first, Events: { Rides: { Type: Kinesis, Properties: { Stream: !GetAtt Rides.Arn, StartingPosition: LATEST } } }",
  );
  const stack = await deploy(templateOf(text), { stackName: "ride", api: apiOf(tank) });
  const input = { FunctionName: "score" };
  const alias = await lambda.send(new GetAliasCommand({ ...input, Name: "live" }));
  expect(alias.FunctionVersion).toBe("1");
  const { Versions } = await lambda.send(new ListVersionsByFunctionCommand(input));
  expect(Versions?.at(-1)).toMatchObject({ Version: "1", Description: "first" });
  const answer = await lambda.send(new InvokeCommand({ FunctionName: "score:live" }));
  expect(answer.ExecutedVersion).toBe("1");
  const { EventSourceMappings } = await lambda.send(new ListEventSourceMappingsCommand({}));
  expect(EventSourceMappings?.[0]?.FunctionArn).toBe(alias.AliasArn);
  await stack.delete();
  await expect(lambda.send(new InvokeCommand(input))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});

test("requests to APIs and to the function's URL invoke the alias of AutoPublishAlias, too", async () => {
  await using tank = await startTank();
  const lambda = tank.client(LambdaClient);
  const text = `Transform: AWS::Serverless-2016-10-31
Resources:
  Scorer:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: score
      Handler: index.handler
      Runtime: nodejs22.x
      InlineCode: |
        exports.handler = async (event, { functionVersion, invokedFunctionArn }) =>
          ({ statusCode: 200, body: functionVersion + " " + invokedFunctionArn });
      AutoPublishAlias: live
      FunctionUrlConfig: { AuthType: NONE }
      Events:
        Rest: { Type: Api, Properties: { Path: /, Method: get } }
        Http: { Type: HttpApi }
Outputs:
  Rest: { Value: !Sub "https://\${ServerlessRestApi}.execute-api.\${AWS::Region}.amazonaws.com/Prod/" }
  Http: { Value: !Sub "https://\${ServerlessHttpApi}.execute-api.\${AWS::Region}.amazonaws.com/" }
  Url: { Value: !GetAtt ScorerUrl.FunctionUrl }`;
  const stack = await deploy(templateOf(text), { stackName: "ride", api: apiOf(tank) });
  const { AliasArn } = await lambda.send(
    new GetAliasCommand({ FunctionName: "score", Name: "live" }),
  );
  for (const output of ["Rest", "Http", "Url"]) {
    const response = await fetch(localUrls(stack.outputs[output] ?? "", tank.url));
    expect(await response.text()).toBe(`1 ${AliasArn}`);
  }
  await stack.delete();
});

test("a function's reserved concurrency and its events' settings are the API's", async () => {
  await using tank = await startTank();
  const lambda = tank.client(LambdaClient);
  const text = sam(
    "ReservedConcurrentExecutions: 5, AutoPublishAlias: live, EventInvokeConfig: { MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 90 }",
  );
  const stack = await deploy(templateOf(text), { stackName: "ride", api: apiOf(tank) });
  const input = { FunctionName: "score" };
  expect(await lambda.send(new GetFunctionConcurrencyCommand(input))).toMatchObject({
    ReservedConcurrentExecutions: 5,
  });
  const ofAlias = new GetFunctionEventInvokeConfigCommand({ ...input, Qualifier: "live" });
  expect(await lambda.send(ofAlias)).toMatchObject({
    MaximumRetryAttempts: 1,
    MaximumEventAgeInSeconds: 90,
  });
  await stack.delete();
});

test("CloudFormation's own types take a weighted alias", async () => {
  const api = new MemoryApi();
  const text = `
Resources:
  Scorer:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: score
      Handler: index.handler
      Runtime: nodejs22.x
      Role: arn:aws:iam::000000000000:role/r
      ReservedConcurrentExecutions: "3"
      Code: { ZipFile: "exports.handler = async () => 1" }
  First: { Type: AWS::Lambda::Version, Properties: { FunctionName: !Ref Scorer, Description: d } }
  Live:
    Type: AWS::Lambda::Alias
    Properties:
      Name: live
      FunctionName: !Ref Scorer
      FunctionVersion: !GetAtt First.Version
      RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion: "2", FunctionWeight: 0.1 }] }
  Events:
    Type: AWS::Lambda::EventInvokeConfig
    Properties: { FunctionName: !Ref Scorer, Qualifier: $LATEST, MaximumRetryAttempts: 0 }
Outputs: { Refs: { Value: !Join [" ", [!Ref First, !Ref Live]] } }`;
  const stack = await deploy(templateOf(text), { stackName: "ride", api });
  expect(api.input("PublishVersion")).toEqual({ FunctionName: "score", Description: "d" });
  expect(api.input("CreateAlias")).toEqual({
    Name: "live",
    FunctionName: "score",
    FunctionVersion: "1",
    RoutingConfig: { AdditionalVersionWeights: { "2": 0.1 } },
  });
  expect(api.input("PutFunctionConcurrency")).toEqual({
    FunctionName: "score",
    ReservedConcurrentExecutions: 3,
  });
  expect(api.input("PutFunctionEventInvokeConfig")).toEqual({
    FunctionName: "score",
    Qualifier: "$LATEST",
    MaximumRetryAttempts: 0,
  });
  const arn = "arn:aws:lambda:us-east-1:000000000000:function:score";
  expect(stack.outputs.Refs).toBe(`${arn}:1 ${arn}:live`);
  await stack.delete();
  expect(api.input("DeleteAlias")).toEqual({ FunctionName: arn, Name: "live" });
});
