import { join } from "node:path";
import { GenericContainer, type StartedTestContainer, Wait } from "testcontainers";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";
import wine from "../../handlers/wine/event.json" with { type: "json" };
import { image, LABEL, runToEnd, stopped } from "./docker.ts";

const PORT = 8080;
const label = inject("containerLabel");

/** The container as SageMaker starts it, with a pipeline's model where SageMaker unpacks it. */
function modelServer(pipeline = "ride-duration"): GenericContainer {
  const source = join(packageRoot(), "fixtures", pipeline, "model.onnx");
  return new GenericContainer(image("model-server"))
    .withCommand(["serve"])
    .withCopyFilesToContainer([{ source, target: "/opt/ml/model/model.onnx", mode: 0o644 }])
    .withExposedPorts(PORT)
    .withLabels({ [LABEL]: label })
    .withWaitStrategy(Wait.forHttp("/ping", PORT).forStatusCode(200));
}

const urlOf = (container: StartedTestContainer) =>
  `http://${container.getHost()}:${container.getMappedPort(PORT)}`;

describe.skipIf(inject("dockerMissing"))("the model server's image", () => {
  let container: StartedTestContainer;

  beforeAll(async () => {
    container = await modelServer().start();
  });
  afterAll(() => container?.stop());

  const invoke = (contentType: string, body: string, served = container) =>
    fetch(`${urlOf(served)}/invocations`, {
      method: "POST",
      headers: { "content-type": contentType },
      body,
    });

  test("answers a row of CSV with minutes", async () => {
    const response = await invoke("text/csv", "130,205,3.66");
    expect(response.status).toBe(200);
    expect(Number(await response.text())).toBeCloseTo(16.170177, 4);
  });

  test("answers TensorFlow Serving's JSON", async () => {
    const response = await invoke(
      "application/json",
      '{"instances": [[130, 205, 3.66], [74, 75, 1.2]]}',
    );
    expect(response.status).toBe(200);
    const { predictions } = (await response.json()) as { predictions: number[][] };
    expect(predictions.flat().map((minutes) => minutes.toFixed(3))).toEqual(["16.170", "7.500"]);
  });

  test.each([
    ["application/json", '{"instances": [[130, "far"', 400],
    ["text/csv", "130,205", 400],
    ["image/png", "130,205,3.66", 415],
  ])("refuses a bad body of %s in words", async (contentType, body, status) => {
    const response = await invoke(contentType, body);
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(/\w+ \w+/);
  });

  test("serves wine's classes and probabilities as text/csv", async () => {
    await using served = await modelServer("wine").start();
    const response = await invoke("text/csv", `${wine.body}\n`, served);
    expect(response.headers.get("content-type")).toContain("text/csv");
    const [cultivar, ...probabilities] = (await response.text()).trim().split(",").map(Number);
    expect(cultivar).toBe(0);
    expect(probabilities).toHaveLength(3);
    expect(probabilities[0]).toBeGreaterThan(0.9);
  });

  test("serves sentiment's classes of whole texts", async () => {
    await using served = await modelServer("sentiment").start();
    const instances = [["Sales fell by 12 % and the company will lay off 200 employees."]];
    const response = await invoke("application/json", JSON.stringify({ instances }), served);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("negative");
  });

  test("runs as a user who is not root", async () => {
    const { output } = await container.exec(["id", "-u"]);
    expect(output.trim()).toBe("1000");
  });

  test("holds no library of another platform", async () => {
    const find = [
      "find",
      "node_modules/onnxruntime-node/bin",
      "-name",
      "*onnxruntime*",
      "-type",
      "f",
    ];
    const { output } = await container.exec(find);
    expect(
      new Set(
        output
          .trim()
          .split("\n")
          .map((file) => file.split("/").at(-3)),
      ),
    ).toEqual(new Set(["linux"]));
    expect(output.trim().split("\n")).toHaveLength(2);
  });

  test("becomes healthy by its own check", async () => {
    const checked = modelServer().withWaitStrategy(Wait.forHealthCheck());
    await using healthy = await checked.start();
    expect((await fetch(`${urlOf(healthy)}/ping`)).status).toBe(200);
  });

  test("ends within 2 s of SIGTERM, though a connection is open", async () => {
    await using other = await modelServer().start();
    // fetch keeps its connection.
    await (await fetch(`${urlOf(other)}/ping`)).arrayBuffer();
    const { exitCode, tookMs } = await stopped(other.getId());
    expect(exitCode).toBe(0);
    expect(tookMs).toBeLessThan(2_000);
  });

  test("says what to do when there is no model", async () => {
    const { exitCode, stderr } = await runToEnd("model-server", { label, command: ["serve"] });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("Put model.onnx at the top of the archive");
    expect(stderr).toContain("docker run -v <folder>:/opt/ml/model:ro");
  });
});
