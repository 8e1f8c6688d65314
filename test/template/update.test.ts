import { describe, expect, test } from "vitest";
import type { Change } from "../../emulator/template/changes.ts";
import type { DeployOptions } from "../../emulator/template/deploy.ts";
import { deployText, failure, SERVING } from "./deploying.ts";
import { MemoryApi } from "./memory-api.ts";

const STREAMS = `
Resources:
  A: { Type: AWS::Kinesis::Stream, Properties: { Name: a } }
  B: { Type: AWS::Kinesis::Stream }
Outputs: { B: { Value: !Ref B } }`;

/** Deploys one text and then another over it; resolves with what the second was said to do. */
async function updated(
  api: MemoryApi,
  { from, to, options = {} }: { from: string; to: string; options?: Partial<DeployOptions> },
) {
  const before = await deployText(from, api);
  api.calls.length = 0;
  let changes: readonly Change[] = [];
  const onChanges = (told: readonly Change[]) => {
    changes = told;
  };
  const updating = deployText(to, api, { before, onChanges, ...options });
  const stack = await updating.catch((error: unknown) => error);
  const summary = changes.map(({ logicalId, action }) => `${logicalId} ${action}`);
  return { before, stack, updating, changes, summary };
}

describe("an update", () => {
  test("of the same template does nothing", async () => {
    const api = new MemoryApi();
    const { summary, stack, before } = await updated(api, { from: SERVING, to: SERVING });
    expect([summary, api.calls]).toEqual([[], []]);
    expect(stack).toMatchObject({ outputs: before.outputs, resources: before.resources });
  });

  test("adds, and removes last what the template no longer has", async () => {
    const api = new MemoryApi();
    const to = STREAMS.replace("B: { Type", "C: { Type").replace("!Ref B", "!Ref C");
    const { summary } = await updated(api, { from: STREAMS, to });
    expect(summary).toEqual(["C added", "B removed"]);
    expect(api.writes).toEqual(["CreateStream", "DeleteStream"]);
    expect(api.streams.has("a")).toBe(true);
  });

  test("changes in place what AWS changes without interruption, and tells before and after", async () => {
    const api = new MemoryApi();
    const to = STREAMS.replace("Name: a", "Name: a, RetentionPeriodHours: 48");
    const { changes } = await updated(api, { from: STREAMS, to });
    const property = { name: "RetentionPeriodHours", after: "48" };
    expect(changes).toEqual([
      { logicalId: "A", type: "AWS::Kinesis::Stream", action: "changed", properties: [property] },
    ]);
    expect(api.writes).toEqual(["IncreaseStreamRetentionPeriod"]);
  });

  test("replaces what AWS replaces and what refers to it, under another name, the old ones last", async () => {
    const api = new MemoryApi();
    const to = SERVING.replace("Image: x", "Image: y");
    const { summary, changes } = await updated(api, { from: SERVING, to });
    expect(summary).toEqual(["Model replaced", "Config replaced", "Endpoint changed"]);
    expect(changes[2]?.properties).toMatchObject([{ name: "EndpointConfigName", after: null }]);
    expect(api.writes).toEqual([
      "CreateModel",
      "CreateEndpointConfig",
      "UpdateEndpoint",
      "DeleteEndpointConfig",
      "DeleteModel",
    ]);
    expect([api.models.size, api.configs.size, api.endpoints.size]).toEqual([1, 1, 1]);
  });

  test("replaces once more under yet another name", async () => {
    const api = new MemoryApi();
    const first = await deployText(SERVING, api);
    const names = [first.outputs.Names];
    let before = first;
    for (const image of ["y", "z"]) {
      before = await deployText(SERVING.replace("Image: x", `Image: ${image}`), api, { before });
      names.push(before.outputs.Names);
    }
    expect(new Set(names).size).toBe(3);
  });

  test("keeps what a policy retains", async () => {
    const api = new MemoryApi();
    const from = `
Resources:
  A: { Type: AWS::Kinesis::Stream, DeletionPolicy: Retain, Properties: { Name: a } }
  B: { Type: AWS::Kinesis::Stream, UpdateReplacePolicy: Retain, Properties: { Name: b } }
  C: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: {} } }`;
    const to = from.replace(/ {2}A.*\n/, "").replace("Name: b", "Name: d");
    const { summary } = await updated(api, { from, to });
    expect(summary).toEqual(["B replaced", "A removed"]);
    expect([...api.streams.keys()].sort()).toEqual(["a", "b", "d"]);
  });

  test("reads a number and its text as the same", async () => {
    const from = STREAMS.replace("Name: a", "Name: a, ShardCount: 2");
    const { summary } = await updated(new MemoryApi(), {
      from,
      to: from.replace("ShardCount: 2", 'ShardCount: "2"'),
    });
    expect(summary).toEqual([]);
  });

  test("keeps the parameters that it was given before", async () => {
    const api = new MemoryApi();
    const text = `
Parameters: { Hours: { Type: Number, Default: 24 } }
Resources: { A: { Type: AWS::Kinesis::Stream, Properties: { RetentionPeriodHours: !Ref Hours } } }`;
    const before = await deployText(text, api, { parameters: { Hours: "48" } });
    expect((await deployText(text, api, { before })).changes).toEqual([]);
  });
});

test("values of NoEcho parameters are not shown", async () => {
  const api = new MemoryApi();
  const text = `
Parameters: { Key: { Type: String, NoEcho: true } }
Resources: { A: { Type: AWS::Kinesis::Stream, Properties: { Name: a, Tags: [{ Key: k, Value: !Ref Key }] } } }`;
  const before = await deployText(text, api, { parameters: { Key: "old-key" } });
  let told = "";
  const onChanges = (changes: readonly Change[]) => {
    told = JSON.stringify(changes);
  };
  await deployText(text, api, { before, onChanges, parameters: { Key: "new-key" } });
  expect(told).toContain("****");
  expect(told).not.toMatch(/old-key|new-key/);
});

describe("refuses, before anything is done,", () => {
  test("to replace a resource whose name stays", async ({ expect }) => {
    const api = new MemoryApi();
    const from = SERVING.replace(
      "Properties: { ExecutionRoleArn",
      "Properties: { ModelName: m, ExecutionRoleArn",
    );
    const { stack } = await updated(api, { from, to: from.replace("Image: x", "Image: y") });
    expect(String((stack as Error).message)).toMatchInlineSnapshot(
      `"template.yaml:12:3 Model: CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename m and update the stack again."`,
    );
    expect(api.writes).toEqual([]);
  });

  test("another type under the same logical id", async () => {
    const api = new MemoryApi();
    const to = STREAMS.replace("B: { Type: AWS::Kinesis::Stream", "B: { Type: AWS::S3::Bucket");
    const { stack } = await updated(api, { from: STREAMS, to });
    expect((stack as Error).message).toContain("Update of resource type is not permitted");
    expect(api.writes).toEqual([]);
  });
});

describe("rolls back", () => {
  test("to what was: the added goes, the changed is changed back, nothing is removed", async () => {
    const api = new MemoryApi();
    await api.call("kinesis", "CreateStream", { StreamName: "taken" });
    const to = `
Resources:
  A: { Type: AWS::Kinesis::Stream, Properties: { Name: a, RetentionPeriodHours: 48 } }
  C: { Type: AWS::S3::Bucket, DependsOn: A }
  Taken: { Type: AWS::Kinesis::Stream, DependsOn: C, Properties: { Name: taken } }`;
    const { stack, before } = await updated(api, { from: STREAMS, to });
    expect(stack).toMatchObject({ code: "ERR_DEPLOY" });
    expect(api.writes.slice(-2)).toEqual(["DeleteBucket", "DecreaseStreamRetentionPeriod"]);
    expect([api.buckets.size, api.streams.size]).toEqual([0, 3]);
    const again = await deployText(STREAMS, api, { before });
    expect(again.changes).toEqual([]);
  });

  test("an endpoint to its configuration, and deletes the one that failed", async () => {
    const api = new MemoryApi();
    const before = await deployText(SERVING, api);
    const [config] = api.configs.keys();
    const failing = deployText(SERVING.replace("Image: x", "Image: y"), api, {
      before,
      onChanges: () => {
        api.updateFailure = "the new fleet did not pass its health check";
      },
    });
    const error = await failure(failing);
    expect(error.message).toContain("could not be updated: the new fleet did not pass");
    expect(error.hint).toBe("The stack is as it was. Correct the cause and deploy once more.");
    expect([...api.configs.keys()]).toEqual([config]);
    expect(api.endpoints.get("ride")?.input.EndpointConfigName).toBe(config);
  });
});
