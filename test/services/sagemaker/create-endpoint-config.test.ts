import {
  CreateEndpointConfigCommand,
  type CreateEndpointConfigInput,
  type ProductionVariant,
} from "@aws-sdk/client-sagemaker";
import { expect, test } from "vitest";
import { faultOf, type HostingTank, PLAIN_VARIANT, startHosting } from "./hosting-tank.ts";

function create(tank: HostingTank, input: Partial<CreateEndpointConfigInput>) {
  const plain = { EndpointConfigName: "config", ProductionVariants: [PLAIN_VARIANT] };
  return tank.client.send(new CreateEndpointConfigCommand({ ...plain, ...input }));
}

async function startWithModel(): Promise<HostingTank> {
  const tank = await startHosting();
  await tank.addModel("model");
  return tank;
}

test("a configuration of one variant is created", async () => {
  await using tank = await startWithModel();
  const { EndpointConfigArn } = await create(tank, {});
  expect(EndpointConfigArn).toBe("arn:aws:sagemaker:us-east-1:000000000000:endpoint-config/config");
});

test("a name that is taken is refused", async () => {
  await using tank = await startWithModel();
  await create(tank, {});
  expect(await faultOf(create(tank, {}))).toBe(
    'ValidationException: Cannot create already existing endpoint configuration "arn:aws:sagemaker:us-east-1:000000000000:endpoint-config/config".',
  );
});

test("a model that does not exist is refused", async () => {
  await using tank = await startWithModel();
  const ProductionVariants = [{ ...PLAIN_VARIANT, ModelName: "absent" }];
  expect(await faultOf(create(tank, { ProductionVariants }))).toBe(
    'ValidationException: Could not find model "arn:aws:sagemaker:us-east-1:000000000000:model/absent".',
  );
});

const broken: [fact: string, variant: Partial<ProductionVariant>, message: RegExp][] = [
  [
    "an instance type that AWS does not have",
    { InstanceType: "ml.m5.tiny" as "ml.m5.large" },
    /'productionVariants\.1\.member\.instanceType' failed to satisfy constraint: Member must satisfy enum value set: /,
  ],
  [
    "no instance type",
    { InstanceType: undefined },
    /Value null at 'productionVariants\.1\.member\.instanceType'/,
  ],
  [
    "no instance count",
    { InitialInstanceCount: undefined },
    /Value null at 'productionVariants\.1\.member\.initialInstanceCount'/,
  ],
  ["a negative weight", { InitialVariantWeight: -1 }, /greater than or equal to 0/],
  [
    "a serverless variant",
    { ServerlessConfig: { MemorySizeInMB: 1024, MaxConcurrency: 1 } },
    /ServerlessConfig is not emulated/,
  ],
  [
    "managed scaling",
    { ManagedInstanceScaling: { Status: "ENABLED" } },
    /ManagedInstanceScaling is not emulated/,
  ],
  [
    "a variant for inference components",
    { ModelName: undefined },
    /inference components\) is not emulated/,
  ],
];

test.each(broken)("%s is refused", async (_fact, variant, message) => {
  await using tank = await startWithModel();
  const fault = await faultOf(
    create(tank, { ProductionVariants: [{ ...PLAIN_VARIANT, ...variant }] }),
  );
  expect(fault).toMatch(/^ValidationException: /);
  expect(fault).toMatch(message);
});

const capture = {
  InitialSamplingPercentage: 100,
  DestinationS3Uri: "s3://captured/",
  CaptureOptions: [{ CaptureMode: "Input" as const }],
};
const absent: [string, Partial<CreateEndpointConfigInput>][] = [
  ["ExplainerConfig", { ExplainerConfig: {} }],
];

test.each(absent)("%s is refused by name", async (name, input) => {
  await using tank = await startWithModel();
  expect(await faultOf(create(tank, input))).toBe(
    `ValidationException: ${name} is not emulated by Wavetank yet.`,
  );
});

test("capture that is turned off is accepted", async () => {
  await using tank = await startWithModel();
  await create(tank, { DataCaptureConfig: { EnableCapture: false, ...capture } });
});

test("two variants of one name are refused", async () => {
  await using tank = await startWithModel();
  const ProductionVariants = [PLAIN_VARIANT, PLAIN_VARIANT];
  expect(await faultOf(create(tank, { ProductionVariants }))).toBe(
    'ValidationException: The variant name "AllTraffic" was non-unique within the request.',
  );
});

test("a shadow is described, and stands beside one production variant only", async () => {
  await using tank = await startWithModel();
  const shadow = { ...PLAIN_VARIANT, VariantName: "shadow" };
  const two = [PLAIN_VARIANT, { ...PLAIN_VARIANT, VariantName: "other" }];
  const crowded = create(tank, { ProductionVariants: two, ShadowProductionVariants: [shadow] });
  expect(await faultOf(crowded)).toMatch(/exactly one production variant and one shadow variant/);
  const same = create(tank, { ShadowProductionVariants: [PLAIN_VARIANT] });
  expect(await faultOf(same)).toMatch(/"AllTraffic" was non-unique/);
  expect(await faultOf(create(tank, { ShadowProductionVariants: [shadow] }))).toBe("no error");
});
