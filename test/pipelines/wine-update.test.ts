import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  DescribeEndpointCommand,
  DescribeModelCommand,
  ListEndpointConfigsCommand,
  ListModelsCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { expect, test } from "vitest";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";
import event from "../../handlers/wine/event.json" with { type: "json" };
import { startTank, type TestTank } from "../support/tank.ts";
import { Project } from "../template/project.ts";

const TEMPLATE = join(packageRoot(), "handlers/wine/template.yaml");
const MODEL = join(packageRoot(), "fixtures/wine/model.onnx");
/** The template as a user copies it, to change it. */
const COPY = readFileSync(TEMPLATE, "utf8")
  .replace("CodeUri: .", `CodeUri: ${dirname(TEMPLATE)}`)
  .replaceAll(/Folder: (\S*site)/g, (_, folder) => `Folder: ${join(dirname(TEMPLATE), folder)}`)
  .replace("../../fixtures/wine/model.onnx", MODEL);

/** Another model in the bucket, that the endpoint shall serve. */
const withModel = (key: string, file: string) =>
  COPY.replaceAll("/model.tar.gz", `/${key}`)
    .replace("Key: model.tar.gz", `Key: ${key}`)
    .replace(MODEL, file);

/** A tank whose wine stack is deployed anew with each change of its template. */
async function changing() {
  const tank = await startTank();
  const project = new Project();
  const deploy = ({ text = COPY, parameters = {} } = {}) => {
    project.write("template.yaml", text);
    return tank.deploy(project.template, { stackName: "wine", parameters });
  };
  return {
    tank,
    project,
    deploy,
    async [Symbol.asyncDispose]() {
      await tank.stop();
      project[Symbol.dispose]();
    },
  };
}

/** Asks the pipeline's API again and again while `work` goes on; resolves with what it answered. */
async function askedDuring(
  { tank, deploy }: Awaited<ReturnType<typeof changing>>,
  work: () => Promise<unknown>,
) {
  const { outputs } = await deploy();
  const url = `${tank.localUrls(outputs.Api ?? "")}/wine`;
  const answers: string[] = [];
  const ask = async () => {
    const headers = { "content-type": "text/csv" };
    const answer = await fetch(url, { method: "POST", headers, body: event.body });
    answers.push(`${answer.status} ${await answer.text()}`);
  };
  let isOver = false;
  const asking = (async () => {
    while (!isOver) await ask();
  })();
  await work().finally(() => {
    isOver = true;
  });
  await asking;
  await ask();
  return answers;
}

const CULTIVAR = "200 Your Wine class is Cultivar 0";

async function served(tank: TestTank) {
  const sagemaker = tank.client(SageMakerClient);
  const { ProductionVariants, DataCaptureConfig } = await sagemaker.send(
    new DescribeEndpointCommand({ EndpointName: "wine" }),
  );
  const { Models = [] } = await sagemaker.send(new ListModelsCommand({}));
  const { EndpointConfigs } = await sagemaker.send(new ListEndpointConfigsCommand({}));
  const models = await Promise.all(
    Models.map(({ ModelName }) => sagemaker.send(new DescribeModelCommand({ ModelName }))),
  );
  return {
    variants: ProductionVariants?.map(({ VariantName }) => VariantName),
    sampled: DataCaptureConfig?.CurrentSamplingPercentage,
    models: models.map(({ PrimaryContainer }) => PrimaryContainer?.ModelDataUrl?.split("/").at(-1)),
    configs: EndpointConfigs?.length,
  };
}

test("a new model, a challenger and other settings come with an update; no prediction fails meanwhile", async () => {
  await using wine = await changing();
  const { tank, deploy } = wine;
  const answers = await askedDuring(wine, async () => {
    const text = withModel("model-2.tar.gz", MODEL);
    const { changes } = await deploy({ text });
    expect(changes.map(({ logicalId, action }) => `${logicalId} ${action}`)).toEqual(
      expect.arrayContaining([
        "WineModel replaced",
        "WineEndpointConfig replaced",
        "WineEndpoint changed",
      ]),
    );
    expect(await served(tank)).toEqual({
      variants: ["AllTraffic"],
      sampled: 100,
      models: ["model-2.tar.gz"],
      configs: 1,
    });
    await deploy({
      text,
      parameters: { Variants: "ab", ChallengerModelKey: "model-2.tar.gz", CapturePercentage: "50" },
    });
  });
  expect(await served(tank)).toMatchObject({
    variants: ["AllTraffic", "Challenger"],
    sampled: 50,
    configs: 1,
  });
  await deploy({ text: withModel("model-2.tar.gz", MODEL), parameters: { Variants: "single" } });
  expect(await served(tank)).toMatchObject({
    variants: ["AllTraffic"],
    models: ["model-2.tar.gz"],
    configs: 1,
  });
  expect(answers.length).toBeGreaterThan(1);
  expect(new Set(answers)).toEqual(new Set([CULTIVAR]));
});

test("a model that does not load is taken back; the one before it goes on answering", async () => {
  await using wine = await changing();
  const { tank, project, deploy } = wine;
  project.write("broken.onnx", "no model");
  const answers = await askedDuring(wine, async () => {
    const text = withModel("broken.tar.gz", project.path("broken.onnx"));
    await expect(deploy({ text })).rejects.toMatchObject({
      message: expect.stringContaining("AWS::SageMaker::Endpoint could not be updated"),
      hint: "The stack is as it was. Correct the cause and deploy once more.",
    });
  });
  expect(await served(tank)).toMatchObject({ models: ["model.tar.gz"], configs: 1 });
  expect(new Set(answers)).toEqual(new Set([CULTIVAR]));
});
