import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { shown } from "../../emulator/cli/played-line.ts";
import { type Pipeline, shippedPipelines } from "../../emulator/pipelines/pipeline.ts";
import { type PlayApi, play } from "../../emulator/pipelines/play.ts";
import { csvOf, powerReadings } from "../../fixtures/power-usage/generate.ts";
import samples from "../../handlers/ride-duration/samples.json" with { type: "json" };
import wine from "../../handlers/wine/event.json" with { type: "json" };
import { recordsOf } from "../support/records.ts";
import { startTank, until } from "../support/tank.ts";
import { ComposeProject } from "./compose.ts";
import { addressIn, fromHere, keysIn, named, pageAt } from "./composed.ts";
import { configFor } from "./emulator.ts";

interface Prediction {
  readonly prediction: { readonly ride_id: number; readonly ride_duration: number };
}

async function predictionsOf(pipeline: Pipeline, api: PlayApi): Promise<unknown[]> {
  const played = await play(pipeline, { api, onPrediction: () => {} });
  return played
    .map(({ input, prediction }) => ({ input, prediction: withoutSignatures(prediction) }))
    .sort((a, b) => JSON.stringify(a.input).localeCompare(JSON.stringify(b.input)));
}

/** Links without their host and their signature, which are a tank's own. */
function withoutSignatures(prediction: unknown): unknown {
  const text = JSON.stringify(prediction);
  return JSON.parse(text.replace(/http:\/\/[^/]+(\/[^"?]+)\?[^"]*X-Amz-Signature[^"]*/g, "$1"));
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
  return until(
    async () => {
      const { stdout } = await project.run("logs", "--no-log-prefix", service);
      return stdout.includes("export AWS_ENDPOINT_URL=") && stdout;
    },
    { timeoutMs: 60_000 },
  );
}

/** The samples whose predictions a log does not show. */
function samplesWithout(log: string, pipelines: readonly Pipeline[]): string[] {
  return pipelines
    .flatMap(({ samples }) => samples?.records ?? [])
    .map((sample) => `${shown(sample)}  →  `)
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
  }, 300_000);
  afterAll(() => project?.[Symbol.asyncDispose]());

  test("shows a prediction for every sample of every pipeline", () => {
    expect(samplesWithout(log, shippedPipelines())).toEqual([]);
  });

  test.each(shippedPipelines())(
    "predicts for $name what the embedded tank predicts",
    { timeout: 120_000 },
    async (pipeline) => {
      // The tank in compose is to this one what LocalStack would be.
      const backends = { kinesis: "localstack", lambda: "localstack" } as const;
      await using compose = await startTank({ backends: { backends, localstackUrl: url } });
      await using embedded = await startTank();
      await embedded.deploy(pipeline.templateFile);
      // As the demo has done there: sales are counted on.
      await predictionsOf(pipeline, embedded);
      const expected = await predictionsOf(pipeline, embedded);
      expect(await predictionsOf(pipeline, compose)).toEqual(expected);
    },
  );

  test("wine's API answers the host at the address that was told", async () => {
    const api = addressIn(log, "wine");
    const post = (resource: string, body: string) =>
      fetch(`${api}/${resource}`, { method: "POST", body });
    expect(await (await post("wine", wine.body)).text()).toBe("Your Wine class is Cultivar 0");
    expect(await (await post("DT", JSON.stringify(wine))).json()).toMatchObject({
      body: "Your Wine class is Cultivar 0",
    });
  });

  test("power-usage: an uploaded file becomes rows and a forecast; links can be opened from outside", async () => {
    const config = configFor(url);
    const s3 = new S3Client({ ...config, forcePathStyle: true });
    const dynamodb = new DynamoDBClient(config);
    const api = addressIn(log, "power-usage");
    const link = await fetch(`${api}/upload/userid/7/readings.csv`, { method: "POST" });
    const upload = fromHere(((await link.json()) as { url: string }).url);
    const body = csvOf(powerReadings({ count: 150 }));
    expect((await fetch(upload, { method: "PUT", body })).status).toBe(200);
    await until(
      async () => {
        const { Count } = await dynamodb.send(new ScanCommand({ TableName: "ConsumerTable" }));
        return Count === 150;
      },
      { timeoutMs: 60_000 },
    );
    const newest = () => fetch(`${api}/prediction/userid/7`).then((answer) => answer.json());
    const last = { user_id: "7", until: "2009-12-01 02:29:00" };
    await until(async () => ((await newest()) as typeof last).until === last.until, {
      timeoutMs: 30_000,
    });
    expect(await newest()).toMatchObject(last);
    expect(await keysIn(s3, "usage-hist-stream", "predictions/7_")).not.toEqual([]);
    const month = await fetch(`${api}/monthly_prediction/2010-11-02T21:00:00`);
    expect(await month.json()).toHaveLength(29);
    const plot = await fetch(fromHere(month.headers.get("x-forecast-plot")));
    expect(await plot.text()).toMatch(/^<svg /);
  });

  test("store-sales: an uploaded file is forecast as the API forecasts it, by all 33 models", async () => {
    const s3 = new S3Client({ ...configFor(url), forcePathStyle: true });
    const api = addressIn(log, "store-sales");
    const Body = await (await fetch(`${api}/upcoming.csv`)).text();
    await s3.send(
      new PutObjectCommand({ Bucket: named("store-sales-uploads"), Key: "all.csv", Body }),
    );
    const Key = "forecasts/all.csv.out";
    await until(
      async () => (await keysIn(s3, "store-sales-forecasts", "forecasts/")).includes(Key),
      { timeoutMs: 60_000 },
    );
    const asked = new GetObjectCommand({ Bucket: named("store-sales-forecasts"), Key });
    const lines = await (await s3.send(asked)).Body?.transformToString();
    const byFile = lines
      ?.trim()
      .split("\n")
      .map((line) => line.split(",").map(Number));
    const answer = await fetch(`${api}/predict`, { method: "POST" });
    const { Submission } = (await answer.json()) as { Submission: { id: number; sales: number }[] };
    expect(Submission).toHaveLength(33 * 54 * 16);
    expect(byFile?.map(([id]) => id)).toEqual(Submission.map(({ id }) => id));
    const differing = Submission.filter(({ sales }, index) => {
      return !(Math.abs(sales - Number(byFile?.[index]?.[1])) <= 1e-3 * Math.max(1, sales));
    });
    expect(differing).toEqual([]);
  });

  test("pages are served", async () => {
    for (const name of ["power-usage", "store-sales", "wine"]) {
      const host = `${named(`${name}-site`)}.s3-website.localhost`;
      expect(log).toContain(`http://${host}:${new URL(url).port}`);
      expect(await pageAt(url, host)).toContain("<!doctype html>");
    }
  });

  test("leaves nothing after down", async () => {
    await project.run("down", "--volumes", "--timeout", "2");
    expect(await project.left()).toEqual([]);
  });
});

describe.skipIf(inject("dockerMissing"))("docker compose", () => {
  test("no record is lost when the function's container is killed, or LocalStack stands still, in the middle of a stream", {
    timeout: 300_000,
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
      { timeoutMs: 150_000 },
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
