import {
  ApplicationAutoScalingClient,
  DescribeScalingActivitiesCommand,
  PutScalingPolicyCommand,
  RegisterScalableTargetCommand,
} from "@aws-sdk/client-application-auto-scaling";
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DescribeEndpointCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { expect, test } from "vitest";
import { startTank, until } from "../../support/tank.ts";
import { modelArchive, PLAIN_VARIANT } from "../sagemaker/hosting-tank.ts";

test("in real time the notebook's endpoint grows to 3 under load and shrinks to 1, with minutes made short", async () => {
  await using tank = await startTank({ fastScaling: 600 });
  await tank.call("s3", "CreateBucket", { Bucket: "models" });
  const Body = await modelArchive("linear");
  await tank.call("s3", "PutObject", { Bucket: "models", Key: "model.tar.gz", Body });
  const sagemaker = tank.client(SageMakerClient);
  const container = { ModelDataUrl: "s3://models/model.tar.gz" };
  await sagemaker.send(new CreateModelCommand({ ModelName: "model", PrimaryContainer: container }));
  const names = { EndpointName: "Wine", EndpointConfigName: "config" };
  const ProductionVariants = [PLAIN_VARIANT];
  await sagemaker.send(new CreateEndpointConfigCommand({ ...names, ProductionVariants }));
  await sagemaker.send(new CreateEndpointCommand(names));
  const counted = async (count: number) => {
    const described = await sagemaker.send(new DescribeEndpointCommand(names));
    const isThere = described.ProductionVariants?.[0]?.CurrentInstanceCount === count;
    return isThere && described.EndpointStatus === "InService";
  };
  await until(() => counted(1));

  const scaling = tank.client(ApplicationAutoScalingClient);
  const target = {
    ServiceNamespace: "sagemaker",
    ResourceId: "endpoint/Wine/variant/AllTraffic",
    ScalableDimension: "sagemaker:variant:DesiredInstanceCount",
  } as const;
  await scaling.send(
    new RegisterScalableTargetCommand({ ...target, MinCapacity: 1, MaxCapacity: 3 }),
  );
  await scaling.send(
    new PutScalingPolicyCommand({
      ...target,
      PolicyName: "Invocations",
      PolicyType: "TargetTrackingScaling",
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 100,
        PredefinedMetricSpecification: {
          PredefinedMetricType: "SageMakerVariantInvocationsPerInstance",
        },
        ScaleInCooldown: 60,
        ScaleOutCooldown: 60,
      },
    }),
  );
  const runtime = tank.client(SageMakerRuntimeClient);
  const call = { EndpointName: "Wine", ContentType: "text/csv", Body: "130,205,3.66" };
  await until(
    async () => {
      await runtime.send(new InvokeEndpointCommand(call));
      return counted(3);
    },
    { timeoutMs: 20_000 },
  );
  await until(() => counted(1), { timeoutMs: 20_000 });
  const { ScalingActivities = [] } = await scaling.send(
    new DescribeScalingActivitiesCommand(target),
  );
  expect(ScalingActivities.at(-1)).toMatchObject({ StatusCode: "Successful" });
  expect(ScalingActivities[0]?.Description).toBe("Setting desired instance count to 1.");
}, 60_000);
