import { LambdaClient } from "@aws-sdk/client-lambda";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { type StartedTestContainer, Wait } from "testcontainers";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { stopped } from "./docker.ts";
import { clientConfig, emulator, invoke } from "./emulator.ts";
import { functions } from "./saved-events.ts";

const label = inject("containerLabel");

describe.skipIf(inject("dockerMissing"))("the tank's image, as it starts by itself", () => {
  let tank: StartedTestContainer;

  beforeAll(async () => {
    tank = await emulator(label).withWaitStrategy(Wait.forHealthCheck()).start();
  });
  afterAll(() => tank?.stop());

  test("is healthy and predicts at its endpoint", async () => {
    const { Body } = await new SageMakerRuntimeClient(clientConfig(tank)).send(
      new InvokeEndpointCommand({
        EndpointName: "ride-duration",
        ContentType: "text/csv",
        Body: "130,205,3.66",
      }),
    );
    expect(Number(Buffer.from(Body ?? []).toString())).toBeCloseTo(16.170177, 4);
  });

  test.each(functions)("runs the function $functionName", async ({ functionName, saved }) => {
    const lambda = new LambdaClient(clientConfig(tank));
    for (const { event, answer } of saved) {
      expect(await invoke(lambda, { functionName, event })).toMatchObject(answer);
    }
  });

  test("has its command inside", async () => {
    const { output, exitCode } = await tank.exec(["wavetank", "status", "--json"]);
    expect({ output, exitCode }).toMatchObject({ exitCode: 0 });
  });
});

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Writer:
    Type: AWS::Serverless::Function
    Properties: { FunctionName: writer, Runtime: nodejs22.x, Handler: writer.handler, CodeUri: . }
`;
const FUNCTION = `
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
export const handler = async (event: { text: string }) => {
  const file = tmpdir() + "/written";
  writeFileSync(file, event.text);
  return { text: readFileSync(file, "utf8"), uid: process.getuid?.() };
};
`;

describe.skipIf(inject("dockerMissing"))("the tank's image with a template", () => {
  test("runs its functions as a user who is not root and may write to /tmp; ends within 2 s of SIGTERM", async () => {
    await using tank = await emulator(label)
      .withCopyContentToContainer([
        { content: TEMPLATE, target: "/pipeline/template.yaml" },
        { content: FUNCTION, target: "/pipeline/writer.ts" },
      ])
      .withCommand(["start", "template.yaml"])
      .start();
    const lambda = new LambdaClient(clientConfig(tank));
    const asked = { functionName: "writer", event: { text: "dry" } };
    expect(await invoke(lambda, asked)).toEqual({ text: "dry", uid: 1000 });
    const { exitCode, tookMs } = await stopped(tank.getId());
    expect(exitCode).toBe(0);
    expect(tookMs).toBeLessThan(2_000);
  });
});
