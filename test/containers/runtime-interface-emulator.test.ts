import { pipeline } from "node:stream/promises";
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionCodeCommand,
} from "@aws-sdk/client-lambda";
import { zipSync } from "fflate";
import { Parser, type ReadEntry } from "tar";
import { GenericContainer, type StartedTestContainer, Wait } from "testcontainers";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import event from "../../handlers/ride-duration/event.json" with { type: "json" };
import { recordsOf } from "../support/records.ts";
import { until } from "../support/tank.ts";
import { image, LABEL } from "./docker.ts";
import { clientConfig, configFor, emulator, HOST, invoke, kinesisOf, portOf } from "./emulator.ts";

const PORT = 8080;
const TASK_ROOT = "/var/task";
const TEMPLATE = "/opt/wavetank/handlers/ride-duration/template.yaml";
const label = inject("containerLabel");

/** The image's functions as they are named in the tank. */
const variants = [
  { functionName: "ride-duration", name: "ride-duration", handler: "handler.handler" },
  {
    functionName: "ride-duration-in-function",
    name: "ride-duration",
    handler: "in-function.handler",
  },
  {
    functionName: "ride-duration-python",
    name: "ride-duration-python",
    handler: "lambda_function.lambda_handler",
  },
];

interface Answer {
  predictions: { prediction: { ride_duration: number; ride_id: number } }[];
}

describe.skipIf(inject("dockerMissing"))("behind AWS's Runtime Interface Emulator", () => {
  let tank: StartedTestContainer;
  let lambda: LambdaClient;

  beforeAll(async () => {
    // With TestRun the tank's own functions write nothing: what is on the stream comes from the containers.
    tank = await emulator(label)
      .withCommand(["start", TEMPLATE, "--parameter", "TestRun=True"])
      .withEnvironment({ WAVETANK_ALLOWED_HOSTS: HOST })
      .start();
    lambda = new LambdaClient(clientConfig(tank));
  });
  afterAll(() => tank?.stop());

  /** A function's container, whose AWS is the tank. */
  function functionOf({ name, handler }: { name: string; handler: string }): GenericContainer {
    return (
      new GenericContainer(image(name))
        .withCommand([handler])
        .withEnvironment({
          AWS_ENDPOINT_URL: `http://${HOST}:${portOf(tank)}`,
          AWS_REGION: "us-east-1",
          AWS_DEFAULT_REGION: "us-east-1",
          AWS_ACCESS_KEY_ID: "test",
          AWS_SECRET_ACCESS_KEY: "test",
          ENDPOINT_NAME: "ride-duration",
          MODEL_BUCKET: "ride-duration-models-000000000000-us-east-1",
          PREDICTIONS_STREAM_NAME: "ride_predictions",
          RUN_ID: "123",
        })
        .withExtraHosts([{ host: HOST, ipAddress: "host-gateway" }])
        .withExposedPorts(PORT)
        .withLabels({ [LABEL]: label })
        // Any answer says that it listens; it has no address to ask how it is.
        .withWaitStrategy(Wait.forHttp("/", PORT).forStatusCodeMatching(() => true))
    );
  }

  /** Replaces a function's code in the tank by the files that a container runs. */
  async function deployFrom(container: StartedTestContainer, FunctionName: string): Promise<void> {
    const files = await filesOf(container);
    expect(Object.keys(files)).toContainEqual(
      expect.stringMatching(/^(handler.mjs|lambda_function.py)$/),
    );
    const ZipFile = zipSync(files);
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile }));
    await until(async () => {
      const asked = new GetFunctionConfigurationCommand({ FunctionName });
      return (await lambda.send(asked)).LastUpdateStatus === "Successful";
    });
  }

  test.each(variants)("$handler answers as the tank does with the same files", async (variant) => {
    await using container = await functionOf(variant).start();
    const url = `http://${container.getHost()}:${container.getMappedPort(PORT)}`;
    const rie = new LambdaClient(configFor(url));
    const kinesis = kinesisOf(tank);
    const before = await recordsOf(kinesis, "ride_predictions");

    const answer = await invoke<Answer>(rie, { functionName: "function", event });
    expect(answer.predictions[0]?.prediction).toEqual({
      ride_id: 256,
      ride_duration: expect.closeTo(16.170177, 4),
    });
    const after = await recordsOf(kinesis, "ride_predictions");
    expect(after.slice(before.length).map(({ value }) => value)).toEqual(answer.predictions);

    const { functionName } = variant;
    await deployFrom(container, functionName);
    expect(await invoke(lambda, { functionName, event })).toEqual(answer);
  });
});

/** A function's own files, without the packages installed beside them: the tank has those. */
async function filesOf(container: StartedTestContainer): Promise<Record<string, Uint8Array>> {
  const read: Promise<[name: string, content: Uint8Array]>[] = [];
  const onReadEntry = (entry: ReadEntry) => {
    const name = /^task\/([^/]+\.(?:mjs|py))$/.exec(entry.path)?.[1];
    if (name === undefined) entry.resume();
    else read.push(entry.concat().then((content) => [name, content]));
  };
  await pipeline(await container.copyArchiveFromContainer(TASK_ROOT), new Parser({ onReadEntry }));
  return Object.fromEntries(await Promise.all(read));
}
