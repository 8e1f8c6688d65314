import { LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import {
  type ContainerDefinition,
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  DescribeModelCommand,
  ListEndpointsCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { backendSettingsOf } from "../emulator/backends/settings.ts";
import { shippedPipelines } from "../emulator/pipelines/pipeline.ts";
import { composeService, composeServices } from "./support/compose-file.ts";
import { startTank, type TestTank } from "./support/tank.ts";

// Its containers are told by hand what Lambda tells a function by its configuration: this holds the two together.

const LAMBDA_OWN = ["AWS_LAMBDA_FUNCTION_TIMEOUT", "AWS_REGION", "AWS_DEFAULT_REGION"];
const TO_REACH_THE_TANK = [
  "AWS_ENDPOINT_URL",
  "AWS_ENDPOINT_URL_S3",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
];

const settings = backendSettingsOf(composeService("wavetank").environment ?? {});
const hostOf = (url = "") => new URL(url).hostname;

describe.each(shippedPipelines())("docker-compose.yml has for $name", ({ name, templateFile }) => {
  let tank: TestTank;
  beforeAll(async () => {
    tank = await startTank();
    await tank.deploy(templateFile);
  });
  afterAll(() => tank.stop());

  test("a container for every function, with its image, handler, time and environment", async () => {
    const { Functions = [] } = await tank.client(LambdaClient).send(new ListFunctionsCommand());
    expect(Functions).not.toEqual([]);
    for (const { FunctionName = "", Runtime, Handler, Timeout, Environment } of Functions) {
      const [url] = settings.functions?.[FunctionName] ?? [];
      const service = composeService(hostOf(url));
      const image = Runtime?.startsWith("python") ? `${name}-python` : name;
      expect(service.image).toBe(`wavetank/${image}:\${WAVETANK_TAG:-latest}`);
      expect(service.command).toEqual([Handler]);
      const { AWS_LAMBDA_FUNCTION_TIMEOUT, ...others } = service.environment ?? {};
      expect(AWS_LAMBDA_FUNCTION_TIMEOUT).toBe(String(Timeout));
      const own = Object.entries(others).filter(
        ([variable]) => ![...LAMBDA_OWN, ...TO_REACH_THE_TANK].includes(variable),
      );
      expect(Object.fromEntries(own)).toEqual(Environment?.Variables ?? {});
    }
  });

  test("a model server for every endpoint, with the pipeline's model or the tank's folder of models", async () => {
    const sagemaker = tank.client(SageMakerClient);
    const { Endpoints = [] } = await sagemaker.send(new ListEndpointsCommand());
    expect(Endpoints).not.toEqual([]);
    for (const { EndpointName = "" } of Endpoints) {
      const service = composeService(hostOf(settings.modelServers?.[EndpointName]));
      const { Mode, Environment } = await containerOf(sagemaker, EndpointName);
      if (Mode === "MultiModel") {
        expect(service.environment).toEqual({ SAGEMAKER_MULTI_MODEL: "true", ...Environment });
        const { volumes, environment } = composeService("wavetank");
        expect(service.volumes).toEqual([`models:${environment?.TMPDIR}:ro`]);
        expect(volumes).toEqual([`models:${environment?.TMPDIR}`]);
      } else {
        const model = `./fixtures/${name}/model.onnx:/opt/ml/model/model.onnx:ro`;
        expect(service.volumes).toEqual([model]);
      }
    }
  });
});

/** What an endpoint's model says of its container. */
async function containerOf(
  sagemaker: SageMakerClient,
  EndpointName: string,
): Promise<ContainerDefinition> {
  const endpoint = await sagemaker.send(new DescribeEndpointCommand({ EndpointName }));
  const { EndpointConfigName } = endpoint;
  const asked = new DescribeEndpointConfigCommand({ EndpointConfigName });
  const { ProductionVariants: [{ ModelName } = {}] = [] } = await sagemaker.send(asked);
  const { PrimaryContainer = {} } = await sagemaker.send(new DescribeModelCommand({ ModelName }));
  return PrimaryContainer;
}

test("the tank waits until every container beside it is healthy", () => {
  const { wavetank, "wavetank-embedded": _alone, ...others } = composeServices();
  const healthy = Object.keys(others).map((name) => [name, { condition: "service_healthy" }]);
  expect(wavetank?.depends_on).toEqual(Object.fromEntries(healthy));
});
