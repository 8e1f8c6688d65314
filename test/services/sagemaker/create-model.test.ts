import {
  type ContainerDefinition,
  CreateModelCommand,
  type CreateModelInput,
} from "@aws-sdk/client-sagemaker";
import { describe, expect, test } from "vitest";
import { faultOf, type HostingTank, modelArchive, startHosting } from "./hosting-tank.ts";

const uri = "s3://models/linear/model.tar.gz";

async function startWithData(): Promise<HostingTank> {
  const tank = await startHosting();
  tank.artifacts.objects.set(uri, await modelArchive("linear"));
  tank.artifacts.objects.set("s3://models/linear/model.onnx", Buffer.from("model"));
  return tank;
}

function create(tank: HostingTank, input: Partial<CreateModelInput>) {
  return tank.client.send(new CreateModelCommand({ ModelName: "model", ...input }));
}

function source(settings: {
  S3Uri: string;
  S3DataType?: "S3Object" | "S3Prefix";
  CompressionType?: "Gzip" | "None";
}): ContainerDefinition {
  const S3DataSource = { S3DataType: "S3Object", CompressionType: "Gzip", ...settings } as const;
  return { ModelDataSource: { S3DataSource } };
}

describe("accepts", () => {
  test("a primary container with an archive", async () => {
    await using tank = await startWithData();
    const { ModelArn } = await create(tank, { PrimaryContainer: { ModelDataUrl: uri } });
    expect(ModelArn).toBe("arn:aws:sagemaker:us-east-1:000000000000:model/model");
  });

  test("a list of one container", async () => {
    await using tank = await startWithData();
    await create(tank, { Containers: [{ ModelDataUrl: uri }] });
    expect(
      tank.engine.models({ accountId: "000000000000", region: "us-east-1" }).all(),
    ).toHaveLength(1);
  });

  test("a data source that is an archive, or the model file itself", async () => {
    await using tank = await startWithData();
    await create(tank, { ModelName: "packed", PrimaryContainer: source({ S3Uri: uri }) });
    const plain = source({ S3Uri: "s3://models/linear/model.onnx", CompressionType: "None" });
    await create(tank, { ModelName: "plain", PrimaryContainer: plain });
  });
});

describe("rejects", () => {
  test("a name that is taken, also in other case", async () => {
    await using tank = await startWithData();
    await create(tank, { PrimaryContainer: { ModelDataUrl: uri } });
    for (const ModelName of ["model", "MODEL"]) {
      expect(
        await faultOf(create(tank, { ModelName, PrimaryContainer: { ModelDataUrl: uri } })),
      ).toBe(
        'ValidationException: Cannot create already existing model "arn:aws:sagemaker:us-east-1:000000000000:model/model".',
      );
    }
  });

  test("data that is not there", async () => {
    await using tank = await startWithData();
    const PrimaryContainer = { ModelDataUrl: "s3://models/absent/model.tar.gz" };
    expect(await faultOf(create(tank, { PrimaryContainer }))).toBe(
      "ValidationException: Could not find model data at s3://models/absent/model.tar.gz.",
    );
  });

  test("a name that breaks the rules", async () => {
    await using tank = await startWithData();
    const fault = await faultOf(create(tank, { ModelName: "ride_duration", Containers: [] }));
    expect(fault).toMatch(/^ValidationException: 1 validation error detected: .*'modelName'/);
  });

  const cases: [fact: string, input: Partial<CreateModelInput>, message: string][] = [
    [
      "no container",
      {},
      "1 validation error detected: Value null at 'primaryContainer' failed to satisfy constraint: Member must not be null",
    ],
    [
      "both ways of naming containers",
      { PrimaryContainer: { ModelDataUrl: uri }, Containers: [{ ModelDataUrl: uri }] },
      "Specify either PrimaryContainer or Containers, not both.",
    ],
    [
      "data that is no archive",
      { PrimaryContainer: { ModelDataUrl: "s3://models/linear/model.onnx" } },
      'ModelDataUrl must point to a gzip-compressed tar archive (.tar.gz), not "s3://models/linear/model.onnx".',
    ],
    [
      "data outside S3",
      { PrimaryContainer: { ModelDataUrl: "https://models/model.tar.gz" } },
      'Model data is read from an S3 object, s3://bucket/key; "https://models/model.tar.gz" names none.',
    ],
    [
      "two places for the data",
      { PrimaryContainer: { ModelDataUrl: uri, ...source({ S3Uri: uri }) } },
      "Specify either ModelDataUrl or ModelDataSource, not both.",
    ],
  ];
  const notEmulated: [fact: string, input: Partial<CreateModelInput>, what: string][] = [
    [
      "several containers",
      { Containers: [{ ModelDataUrl: uri }, { ModelDataUrl: uri }] },
      "A model of several Containers",
    ],
    [
      "direct invocation",
      { Containers: [{ ModelDataUrl: uri }], InferenceExecutionConfig: { Mode: "Direct" } },
      "InferenceExecutionConfig Mode Direct",
    ],
    ["model packages", { PrimaryContainer: { ModelPackageName: "package" } }, "ModelPackageName"],
    [
      "images without model data",
      { PrimaryContainer: { Image: "models/server:1" } },
      "A container without model data (an image that brings its own)",
    ],
    [
      "data under a prefix",
      {
        PrimaryContainer: source({
          S3Uri: "s3://models/linear/",
          S3DataType: "S3Prefix",
          CompressionType: "None",
        }),
      },
      "S3DataType S3Prefix",
    ],
  ];

  test.each([
    ...cases,
    ...notEmulated.map(([fact, input, what]) => {
      return [fact, input, `${what} is not emulated by Wavetank yet.`] as const;
    }),
  ])("%s", async (_fact, input, message) => {
    await using tank = await startWithData();
    expect(await faultOf(create(tank, input))).toBe(`ValidationException: ${message}`);
  });
});
