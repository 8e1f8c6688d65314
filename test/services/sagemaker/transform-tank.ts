import {
  CreateTransformJobCommand,
  type CreateTransformJobRequest,
  DescribeTransformJobCommand,
  type DescribeTransformJobResponse,
} from "@aws-sdk/client-sagemaker";
import { until } from "../../support/tank.ts";
import { type HostingTank, startHosting } from "./hosting-tank.ts";

type Options = NonNullable<Parameters<typeof startHosting>[0]>;
type Asked = Omit<Partial<CreateTransformJobRequest>, "TransformInput" | "TransformOutput"> & {
  readonly TransformInput?: Partial<CreateTransformJobRequest["TransformInput"]>;
  readonly TransformOutput?: Partial<CreateTransformJobRequest["TransformOutput"]>;
};

/** SageMaker with a linear model and some objects in the bucket `data`. */
export async function startTransforms(
  objects: Readonly<Record<string, string | Uint8Array>>,
  options: Options = {},
): Promise<HostingTank> {
  const tank = await startHosting(options);
  await tank.addModel("model");
  for (const [key, body] of Object.entries(objects)) {
    tank.artifacts.objects.set(`s3://data/${key}`, Buffer.from(body as string));
  }
  return tank;
}

/** Begins the job `job` on `s3://data/in/`, by lines of CSV unless told otherwise. */
export function begin(tank: HostingTank, asked: Asked = {}) {
  const { TransformInput, TransformOutput, ...others } = asked;
  const S3DataSource = { S3DataType: "S3Prefix" as const, S3Uri: "s3://data/in/" };
  const command = new CreateTransformJobCommand({
    TransformJobName: "job",
    ModelName: "model",
    TransformResources: { InstanceType: "ml.m5.large", InstanceCount: 1 },
    TransformInput: {
      ...{ DataSource: { S3DataSource }, ContentType: "text/csv", SplitType: "Line" },
      ...TransformInput,
    },
    TransformOutput: { S3OutputPath: "s3://data/out", AssembleWith: "Line", ...TransformOutput },
    ...others,
  });
  return tank.client.send(command);
}

/** The job once it has ended. */
export function ended(tank: HostingTank): Promise<DescribeTransformJobResponse> {
  return until(async () => {
    const asked = new DescribeTransformJobCommand({ TransformJobName: "job" });
    const job = await tank.client.send(asked);
    return /^(Completed|Failed|Stopped)$/.test(job.TransformJobStatus ?? "") && job;
  });
}

/** What lies under `s3://data/out/`, by key. */
export function outputs(tank: HostingTank): Record<string, string> {
  const root = "s3://data/out/";
  const all = [...tank.artifacts.objects].filter(([uri]) => uri.startsWith(root));
  return Object.fromEntries(
    all.map(([uri, body]) => [uri.slice(root.length), Buffer.from(body).toString("utf8")]),
  );
}
