import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  DescribeScheduledActionsCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { expect, test } from "vitest";
import { deploy } from "../../emulator/template/deploy.ts";
import { modelArchive, PLAIN_VARIANT } from "../services/sagemaker/hosting-tank.ts";
import { startTank, until } from "../support/tank.ts";
import { templateOf } from "./reading.ts";

const TEMPLATE = `
Resources:
  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: sagemaker
      ResourceId: endpoint/Wine/variant/AllTraffic
      ScalableDimension: sagemaker:variant:DesiredInstanceCount
      MinCapacity: "1"
      MaxCapacity: "3"
      RoleARN: arn:aws:iam::000000000000:role/any
      ScheduledActions:
        - ScheduledActionName: morning
          Schedule: cron(0 8 * * ? *)
          ScalableTargetAction: { MinCapacity: 2 }
  Policy:
    Type: AWS::ApplicationAutoScaling::ScalingPolicy
    Properties:
      PolicyName: Invocations
      PolicyType: TargetTrackingScaling
      ScalingTargetId: !Ref Target
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: 100
        PredefinedMetricSpecification:
          PredefinedMetricType: SageMakerVariantInvocationsPerInstance
Outputs:
  Policy: { Value: !Ref Policy }
  Id: { Value: !GetAtt Target.Id }`;

test("a template registers a target with its policy and schedule, and takes them away again", async () => {
  await using tank = await startTank();
  await tank.call("s3", "CreateBucket", { Bucket: "models" });
  const Body = await modelArchive("linear");
  await tank.call("s3", "PutObject", { Bucket: "models", Key: "model.tar.gz", Body });
  const PrimaryContainer = { ModelDataUrl: "s3://models/model.tar.gz" };
  await tank.call("sagemaker", "CreateModel", { ModelName: "model", PrimaryContainer });
  const names = { EndpointName: "Wine", EndpointConfigName: "config" };
  const ProductionVariants = [PLAIN_VARIANT];
  await tank.call("sagemaker", "CreateEndpointConfig", { ...names, ProductionVariants });
  await tank.call("sagemaker", "CreateEndpoint", names);
  await until(async () => {
    const { EndpointStatus } = await tank.call<{ EndpointStatus: string }>(
      "sagemaker",
      "DescribeEndpoint",
      names,
    );
    return EndpointStatus === "InService";
  });
  const stack = await deploy(templateOf(TEMPLATE), { stackName: "wine", api: tank });
  const scaling = tank.client(ApplicationAutoScalingClient);
  const ofSageMaker = { ServiceNamespace: "sagemaker" } as const;
  const targets = async () =>
    (await scaling.send(new DescribeScalableTargetsCommand(ofSageMaker))).ScalableTargets;
  expect(await targets()).toMatchObject([{ MinCapacity: 1, MaxCapacity: 3 }]);
  const { ScalingPolicies } = await scaling.send(new DescribeScalingPoliciesCommand(ofSageMaker));
  expect(ScalingPolicies).toMatchObject([{ PolicyARN: stack.outputs.Policy }]);
  const { ScheduledActions } = await scaling.send(new DescribeScheduledActionsCommand(ofSageMaker));
  expect(ScheduledActions).toMatchObject([{ ScheduledActionName: "morning" }]);
  expect(stack.outputs.Id).toBe(
    "endpoint/Wine/variant/AllTraffic|sagemaker:variant:DesiredInstanceCount|sagemaker",
  );
  await stack.delete();
  expect(await targets()).toEqual([]);
});
