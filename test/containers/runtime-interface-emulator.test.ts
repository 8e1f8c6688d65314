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
import { shippedPipelines } from "../../emulator/pipelines/pipeline.ts";
import { composeService } from "../support/compose-file.ts";
import { recordsOf } from "../support/records.ts";
import { until } from "../support/tank.ts";
import { LABEL, tagged } from "./docker.ts";
import { clientConfig, configFor, emulator, HOST, invoke, kinesisOf, portOf } from "./emulator.ts";
import { functions } from "./saved-events.ts";

const PORT = 8080;
const TASK_ROOT = "/var/task";
const label = inject("containerLabel");

describe.skipIf(inject("dockerMissing"))("behind AWS's Runtime Interface Emulator", () => {
  let tank: StartedTestContainer;
  let lambda: LambdaClient;

  beforeAll(async () => {
    const templates = shippedPipelines().map(
      ({ name }) => `/opt/wavetank/handlers/${name}/template.yaml`,
    );
    tank = await emulator(label)
      .withCommand(["start", ...templates])
      .withEnvironment({ WAVETANK_ALLOWED_HOSTS: HOST })
      .start();
    lambda = new LambdaClient(clientConfig(tank));
  });
  afterAll(() => tank?.stop());

  /** A function's container as docker-compose.yml has it, whose AWS is the tank. */
  function containerOf(functionName: string): GenericContainer {
    const { image, command = [], environment } = composeService(functionName);
    const url = `http://${HOST}:${portOf(tank)}`;
    return (
      new GenericContainer(tagged(image))
        .withCommand([...command])
        .withEnvironment({ ...environment, AWS_ENDPOINT_URL: url, AWS_ENDPOINT_URL_S3: url })
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
      expect.stringMatching(/^(handler.mjs|api.mjs|lambda_function.py)$/),
    );
    const ZipFile = zipSync(files);
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile }));
    await until(async () => {
      const asked = new GetFunctionConfigurationCommand({ FunctionName });
      return (await lambda.send(asked)).LastUpdateStatus === "Successful";
    });
  }

  test.each(functions)(
    "$functionName answers the saved events as the tank does with the same files",
    async ({ functionName, saved }) => {
      await using container = await containerOf(functionName).start();
      const url = `http://${container.getHost()}:${container.getMappedPort(PORT)}`;
      const rie = new LambdaClient(configFor(url));
      const kinesis = kinesisOf(tank);
      const before = await recordsOf(kinesis, "ride_predictions");

      const answers: Answer[] = [];
      for (const { event, answer } of saved) {
        const answered = await invoke<Answer>(rie, { functionName: "function", event });
        expect(answered).toMatchObject(answer);
        answers.push(answered);
      }
      const after = await recordsOf(kinesis, "ride_predictions");
      expect(after.slice(before.length).map(({ value }) => value)).toEqual(
        answers.flatMap(({ predictions = [] }) => predictions),
      );

      await deployFrom(container, functionName);
      for (const [index, { event }] of saved.entries()) {
        expect(await invoke(lambda, { functionName, event })).toEqual(answers[index]);
      }
    },
  );
});

/** What goes onto the stream is in the answer, too. */
interface Answer {
  readonly predictions?: readonly object[];
}

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
