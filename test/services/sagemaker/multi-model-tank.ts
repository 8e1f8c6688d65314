import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  type ContainerDefinition,
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DescribeEndpointCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import type { WavetankOptions } from "../../../emulator/wavetank.ts";
import { startTank, type TestTank, until } from "../../support/tank.ts";
import { modelArchive, PLAIN_VARIANT } from "./hosting-tank.ts";

/** What the tests' linear model answers to "130,205,3.66". */
export const LINEAR = "25.300001\n";

/** A whole tank with the multi-model endpoint Many, whose models lie under s3://models/many/. */
export async function startMany({
  container = {},
  ...options
}: WavetankOptions & { container?: Partial<ContainerDefinition> } = {}) {
  const tank = await startTank(options);
  const s3 = tank.client(S3Client, { forcePathStyle: true } as object);
  const control = tank.client(SageMakerClient);
  const runtime = tank.client(SageMakerRuntimeClient);
  await s3.send(new CreateBucketCommand({ Bucket: "models" }));
  const linear = await modelArchive("linear");
  const put = (target: string, body: Uint8Array = linear) =>
    s3.send(new PutObjectCommand({ Bucket: "models", Key: `many/${target}`, Body: body }));
  const invoke = async (TargetModel: string | undefined) => {
    const call = new InvokeEndpointCommand({
      ...{ EndpointName: "Many", ContentType: "text/csv", Body: "130,205,3.66" },
      ...(TargetModel !== undefined && { TargetModel }),
    });
    return (await runtime.send(call)).Body.transformToString();
  };
  const PrimaryContainer: ContainerDefinition = {
    ...{ Image: "models/server:1", Mode: "MultiModel", ModelDataUrl: "s3://models/many/" },
    ...container,
  };
  await control.send(new CreateModelCommand({ ModelName: "model", PrimaryContainer }));
  const ProductionVariants = [PLAIN_VARIANT];
  await control.send(
    new CreateEndpointConfigCommand({ EndpointConfigName: "config", ProductionVariants }),
  );
  const names = { EndpointName: "Many", EndpointConfigName: "config" };
  await control.send(new CreateEndpointCommand(names));
  await until(async () => {
    const { EndpointStatus } = await control.send(new DescribeEndpointCommand(names));
    return EndpointStatus === "InService";
  });
  return { tank, s3, control, runtime, put, invoke, [Symbol.asyncDispose]: () => tank.stop() };
}

/** The sum of one of the endpoint's metrics, and how often it was measured. */
export function metricOf(tank: TestTank, name: string, namespace = "AWS/SageMaker") {
  const common = {
    ...{ scope: tank.scope, namespace, name, periodMs: 60_000 },
    dimensions: { EndpointName: "Many", VariantName: PLAIN_VARIANT.VariantName },
    ...{ start: tank.clock.now() - 3_600_000, end: tank.clock.now() + 60_000 },
  };
  const total = (statistic: "Sum" | "SampleCount") =>
    tank.cloudWatch.statistics({ ...common, statistic }).reduce((sum, { value }) => sum + value, 0);
  return { sum: total("Sum"), count: total("SampleCount") };
}
