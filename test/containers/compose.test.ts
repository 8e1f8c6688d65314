import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type Pipeline, shippedPipelines } from "../../emulator/pipelines/pipeline.ts";
import { type PlayApi, play } from "../../emulator/pipelines/play.ts";
import samples from "../../handlers/ride-duration/samples.json" with { type: "json" };
import wine from "../../handlers/wine/event.json" with { type: "json" };
import { recordsOf } from "../support/records.ts";
import { startTank, until } from "../support/tank.ts";
import { ComposeProject } from "./compose.ts";
import { configFor } from "./emulator.ts";

interface Prediction {
  readonly prediction: { readonly ride_id: number; readonly ride_duration: number };
}

async function predictionsOf(pipeline: Pipeline, api: PlayApi): Promise<unknown[]> {
  const played = await play(pipeline, { api, onPrediction: () => {} });
  return played
    .map(({ input, prediction }) => ({ input, prediction }))
    .sort((a, b) => JSON.stringify(a.input).localeCompare(JSON.stringify(b.input)));
}

const predictionsOn = async (kinesis: KinesisClient) =>
  (await recordsOf<Prediction>(kinesis, "ride_predictions")).map(({ value }) => value);

async function putRides(kinesis: KinesisClient, rideIds: readonly number[]): Promise<void> {
  const [{ ride } = {}] = samples.records;
  const Records = rideIds.map((ride_id) => ({
    PartitionKey: String(ride_id),
    Data: Buffer.from(JSON.stringify({ ride, ride_id })),
  }));
  await kinesis.send(new PutRecordsCommand({ StreamName: "ride_events", Records }));
}

const idsIn = (predictions: readonly Prediction[]) =>
  predictions.map(({ prediction }) => prediction.ride_id);

/** What the tank says until all samples have been played. */
async function logOfDemo(project: ComposeProject, service: string): Promise<string> {
  return until(async () => {
    const { stdout } = await project.run("logs", "--no-log-prefix", service);
    return stdout.includes(" predictions · ") && stdout;
  });
}

/** The samples whose predictions a log does not show. */
function samplesWithout(log: string, pipelines: readonly Pipeline[]): string[] {
  return pipelines
    .flatMap(({ samples }) => samples?.records ?? [])
    .map((sample) => `${JSON.stringify(sample)}  →  `)
    .filter((line) => !log.includes(line));
}

describe.skipIf(inject("dockerMissing"))("docker compose up", () => {
  let project: ComposeProject;
  let url: string;
  let log: string;

  beforeAll(async () => {
    project = new ComposeProject("up");
    await project.up();
    url = await project.url();
    log = await logOfDemo(project, "wavetank");
  });
  afterAll(() => project?.[Symbol.asyncDispose]());

  test("shows a prediction for every sample of every pipeline", () => {
    expect(samplesWithout(log, shippedPipelines())).toEqual([]);
  });

  test.each(shippedPipelines())(
    "predicts for $name what the embedded tank predicts",
    async (pipeline) => {
      // The tank in compose is to this one what LocalStack would be.
      const backends = { kinesis: "localstack", lambda: "localstack" } as const;
      await using compose = await startTank({ backends: { backends, localstackUrl: url } });
      await using embedded = await startTank();
      await embedded.deploy(pipeline.templateFile);
      const expected = await predictionsOf(pipeline, embedded);
      expect(await predictionsOf(pipeline, compose)).toEqual(expected);
    },
  );

  test("wine's API answers the host at the address that was told", async () => {
    const [, api] = /Api +(http:.*\/DummyStage)/.exec(log) ?? [];
    const post = (resource: string, body: string) =>
      fetch(`${api}/${resource}`, { method: "POST", body });
    expect(await (await post("wine", wine.body)).text()).toBe("Your Wine class is Cultivar 0");
    expect(await (await post("DT", JSON.stringify(wine))).json()).toMatchObject({
      body: "Your Wine class is Cultivar 0",
    });
  });

  test("leaves nothing after down", async () => {
    await project.run("down", "--volumes", "--timeout", "2");
    expect(await project.left()).toEqual([]);
  });
});

describe.skipIf(inject("dockerMissing"))("docker compose", () => {
  test("no record is lost when the function's container is killed, or LocalStack stands still, in the middle of a stream", {
    timeout: 180_000,
  }, async () => {
    await using project = new ComposeProject("trouble");
    await project.up();
    const config = configFor(await project.url());
    const kinesis = new KinesisClient({ ...config, maxAttempts: 10 });
    const rideIds = Array.from({ length: 300 }, (_, index) => 1_000 + index);
    await putRides(kinesis, rideIds.slice(0, 100));
    await project.run("kill", "ride-duration");
    await putRides(kinesis, rideIds.slice(100, 200));
    await project.run("start", "ride-duration");
    await project.run("pause", "localstack");
    const put = putRides(kinesis, rideIds.slice(200));
    await project.run("unpause", "localstack");
    await put;
    const found = await until(
      async () => {
        const ids = new Set(idsIn(await predictionsOn(kinesis)));
        return rideIds.every((id) => ids.has(id)) && ids;
      },
      { timeoutMs: 90_000 },
    );
    expect(found.size).toBeGreaterThanOrEqual(rideIds.length);
    kinesis.destroy();
  });

  test("--profile embedded plays all of it in one container, without LocalStack", {
    timeout: 120_000,
  }, async () => {
    await using project = new ComposeProject("embedded");
    const { exitCode } = await project.run("--profile", "embedded", "up", "--wait");
    expect(exitCode).toBe(0);
    const { stdout } = await project.run("--profile", "embedded", "ps", "--services");
    expect(stdout.trim()).toBe("wavetank-embedded");
    const url = await project.url();
    expect((await fetch(`${url}/_wavetank/health`)).status).toBe(200);
    const log = await logOfDemo(project, "wavetank-embedded");
    expect(samplesWithout(log, shippedPipelines())).toEqual([]);
  });

  test("a LocalStack that stops for want of a token says what to set", {
    timeout: 60_000,
  }, async () => {
    const folder = await mkdtemp(join(tmpdir(), "wavetank-test-"));
    await using _folder = { [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
    const override = join(folder, "override.yml");
    const entrypoint = join(folder, "docker-entrypoint.sh");
    await writeFile(entrypoint, "#!/bin/sh\nexit 55\n", { mode: 0o755 });
    const volume = `${entrypoint}:/usr/local/bin/docker-entrypoint.sh:ro`;
    await writeFile(
      override,
      JSON.stringify({
        services: { localstack: { image: "node:22-bookworm-slim", volumes: [volume] } },
      }),
    );
    const env = { LOCALSTACK_TAG: "2026.4.0" };
    await using project = new ComposeProject("token", { files: [override], env });
    const { exitCode } = await project.run("up", "--wait", "localstack");
    expect(exitCode).not.toBe(0);
    const { stdout } = await project.run("logs", "localstack");
    expect(stdout).toContain(
      "LocalStack 2026.4.0 needs a token: set LOCALSTACK_AUTH_TOKEN, or LOCALSTACK_TAG=4.14.0",
    );
  });
});
