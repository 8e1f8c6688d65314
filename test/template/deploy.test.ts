import { describe, expect, test } from "vitest";
import { ManualClock } from "../../emulator/core/clock.ts";
import type { Progress } from "../../emulator/template/deploy.ts";
import { deployText, SERVING } from "./deploying.ts";
import { MemoryApi } from "./memory-api.ts";

describe("creates", () => {
  test("each resource after those that it needs, and waits until each can be used", async () => {
    const api = new MemoryApi();
    const stack = await deployText(SERVING, api);
    expect(api.writes).toEqual(["CreateModel", "CreateEndpointConfig", "CreateEndpoint"]);
    expect(api.calls.at(-1)?.operation).toBe("DescribeEndpoint");
    expect(stack.resources.map(({ logicalId, type }) => [logicalId, type])).toEqual([
      ["Role", "AWS::IAM::Role"],
      ["Model", "AWS::SageMaker::Model"],
      ["Config", "AWS::SageMaker::EndpointConfig"],
      ["Endpoint", "AWS::SageMaker::Endpoint"],
    ]);
  });

  test("what does not need one another side by side", async () => {
    const api = new MemoryApi({ pendingReads: 30 });
    await deployText(
      "Resources: { A: { Type: AWS::Kinesis::Stream }, B: { Type: AWS::Kinesis::Stream } }",
      api,
    );
    const operations = api.calls.map(({ operation }) => operation);
    expect(operations.slice(0, 2)).toEqual(["CreateStream", "CreateStream"]);
  });

  test("and reports how far it has come", async () => {
    const steps: Progress[] = [];
    await deployText(SERVING, new MemoryApi(), { onProgress: (step) => steps.push(step) });
    expect(steps).toEqual([
      { done: 1, total: 4, logicalId: "Role", action: "added" },
      { done: 2, total: 4, logicalId: "Model", action: "added" },
      { done: 3, total: 4, logicalId: "Config", action: "added" },
      { done: 4, total: 4, logicalId: "Endpoint", action: "added" },
    ]);
  });

  test("the same names each time, so that a redeploy finds what is there", async () => {
    const names = async () =>
      (await deployText(SERVING, new MemoryApi())).resources.map(({ physicalId }) => physicalId);
    expect(await names()).toEqual(await names());
  });
});

describe("waits by the clock", () => {
  test("asking again after a tenth of the time that it has waited", async () => {
    const clock = new ManualClock();
    class ClockedApi extends MemoryApi {
      override readonly clock = clock;
    }
    const api = new ClockedApi({ pendingReads: 30 });
    const start = clock.now();
    let isDone = false;
    const deploying = deployText("Resources: { A: { Type: AWS::Kinesis::Stream } }", api).then(
      () => {
        isDone = true;
      },
    );
    while (!isDone) await clock.advance(1);
    await deploying;
    // Ten times 10 ms, and then a tenth more twenty times.
    expect(clock.now() - start).toBeGreaterThan(650);
    expect(clock.now() - start).toBeLessThan(750);
  });
});

test("a stack's name is one that CloudFormation takes", async () => {
  await expect(
    deployText(SERVING, new MemoryApi(), { stackName: "my stack" }),
  ).rejects.toMatchObject({
    code: "ERR_USAGE",
  });
});

test("a loose deploy says what it leaves out and goes on", async () => {
  const warnings: string[] = [];
  const template = `
Resources:
  Table: { Type: AWS::EC2::Volume }
  A: { Type: AWS::Kinesis::Stream, Properties: { Name: !Ref Table, Extra: 1 } }`;
  const onWarning = (warning: string) => warnings.push(warning);
  const stack = await deployText(template, new MemoryApi(), { loose: true, onWarning });
  expect(stack.resources.map(({ physicalId }) => physicalId)).toEqual(["Table"]);
  expect(warnings).toHaveLength(2);
});
