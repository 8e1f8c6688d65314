import {
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { startTank } from "../support/tank.ts";
import { deployText } from "./deploying.ts";
import { complaint, planOf } from "./reading.ts";

const CODE =
  'InlineCode: "exports.handler = async () => 1", Handler: index.handler, Runtime: nodejs22.x';

test("a queue has its attributes, its dead-letter queue and its tags; Ref is its URL", async () => {
  await using tank = await startTank();
  const sqs = tank.client(SQSClient);
  const stack = await deployText(
    `
Resources:
  Dead: { Type: AWS::SQS::Queue }
  Jobs:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: jobs
      VisibilityTimeout: "45"
      RedrivePolicy: { deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3 }
      Tags: [{ Key: app, Value: ride }]
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties: { Queues: [!Ref Jobs], PolicyDocument: { Statement: [] } }
Outputs:
  Url: { Value: !Ref Jobs }
  Names: { Value: !Sub "\${Jobs.QueueName} \${Dead.Arn}" }`,
    tank,
  );
  const { outputs } = stack;
  expect(outputs.Url).toBe(`${tank.url}/000000000000/jobs`);
  const [name, dead] = outputs.Names?.split(" ") ?? [];
  expect(name).toBe("jobs");
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: outputs.Url, AttributeNames: ["All"] }),
  );
  expect(Attributes?.VisibilityTimeout).toBe("45");
  expect(JSON.parse(Attributes?.RedrivePolicy ?? "")).toEqual({
    deadLetterTargetArn: dead,
    maxReceiveCount: 3,
  });
  await stack.delete();
  expect((await sqs.send(new ListQueuesCommand({}))).QueueUrls).toBeUndefined();
});

test("SAM's functions have dead-letter queues and destinations, made for them where none is named", async () => {
  await using tank = await startTank();
  const lambda = tank.client(LambdaClient);
  const { resources } = await deployText(
    `
Transform: AWS::Serverless-2016-10-31
Resources:
  Dead: { Type: AWS::SQS::Queue }
  Scorer:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: score
      ${CODE.replaceAll(", ", "\n      ")}
      DeadLetterQueue: { Type: SQS, TargetArn: !GetAtt Dead.Arn }
      EventInvokeConfig:
        MaximumRetryAttempts: 1
        DestinationConfig:
          OnSuccess: { Type: SQS }
          OnFailure: { Type: SQS, Destination: !GetAtt Dead.Arn }`,
    tank,
  );
  const arnOf = (id: string) =>
    resources.find(({ logicalId }) => logicalId === id)?.attributes.Arn as string;
  const input = { FunctionName: "score" };
  const fn = await lambda.send(new GetFunctionConfigurationCommand(input));
  expect(fn.DeadLetterConfig).toEqual({ TargetArn: arnOf("Dead") });
  const config = await lambda.send(new GetFunctionEventInvokeConfigCommand(input));
  expect(config).toMatchObject({
    MaximumRetryAttempts: 1,
    DestinationConfig: {
      OnSuccess: { Destination: arnOf("ScorerEventInvokeConfigOnSuccessQueue") },
      OnFailure: { Destination: arnOf("Dead") },
    },
  });
});

test("topics and FIFO queues are refused by name", () => {
  const fifo = "Resources: { Q: { Type: AWS::SQS::Queue, Properties: { FifoQueue: true } } }";
  expect(complaint(() => planOf(fifo))).toContain("FifoQueue");
  const sam = (properties: string) =>
    complaint(() =>
      planOf(`Transform: AWS::Serverless-2016-10-31
Resources:
  Scorer: { Type: AWS::Serverless::Function, Properties: { ${CODE}, ${properties} } }`),
    );
  expect(sam("EventInvokeConfig: { DestinationConfig: { OnFailure: { Type: SNS } } }")).toContain(
    "Scorer: OnFailure of Type SNS is not emulated.",
  );
  expect(sam("DeadLetterQueue: { Type: SNS, TargetArn: x }")).toContain(
    "Scorer: DeadLetterQueue of Type SNS is not emulated.",
  );
});
