import { describe, expect, test } from "vitest";
import { startTank } from "../support/tank.ts";
import { deployText, failure } from "./deploying.ts";
import { MemoryApi } from "./memory-api.ts";
import { Project } from "./project.ts";

const SOURCE = `
Resources: { Rides: { Type: AWS::Kinesis::Stream, Properties: { Name: rides } } }
Outputs: { Stream: { Value: !Ref Rides, Export: { Name: !Sub "\${AWS::StackName}-stream" } } }`;

test("what one stack exports another imports", async () => {
  const api = new MemoryApi();
  const { exports } = await deployText(SOURCE, api);
  expect([...exports]).toEqual([["ride-stream", "rides"]]);
  const copy = `
Resources: { Copy: { Type: AWS::Kinesis::Stream, Properties: { Name: !Sub ["\${Of}-copy", { Of: !ImportValue ride-stream }] } } }`;
  const stack = await deployText(copy, api, { stackName: "copy", imports: exports });
  expect(stack.resources[0]?.physicalId).toBe("rides-copy");
  const error = await failure(deployText(copy.replace("ride-", "rid-"), api, { imports: exports }));
  expect(error.message).toContain("No export named rid-stream found.");
  expect(error.hint).toContain('Did you mean "ride-stream"?');
});

describe("an export in use", () => {
  const IMPORTER = `
Resources: { Copy: { Type: AWS::Kinesis::Stream, Properties: { Name: !Sub ["\${Of}-copy", { Of: !ImportValue ride-stream }] } } }`;
  const importersOf = (name: string) => (name === "ride-stream" ? ["copy", "other"] : []);

  test("cannot go nor change with an update, which is rolled back", async ({ expect }) => {
    const api = new MemoryApi();
    const before = await deployText(SOURCE, api);
    const attempt = (to: string) => failure(deployText(to, api, { before, importersOf }));
    expect((await attempt(SOURCE.replace(/, Export.*/, " } }"))).message).toMatchInlineSnapshot(
      `"Export ride-stream cannot be deleted as it is in use by copy, other"`,
    );
    expect((await attempt(SOURCE.replace("rides", "trips"))).message).toMatchInlineSnapshot(
      `"Export ride-stream cannot be updated as it is in use by copy, other"`,
    );
    expect([...api.streams.keys()]).toEqual(["rides"]);
  });

  test("keeps nothing else of its stack from changing", async () => {
    const api = new MemoryApi();
    const before = await deployText(SOURCE, api);
    const to = SOURCE.replace("Name: rides", "Name: rides, RetentionPeriodHours: 48");
    const { changes } = await deployText(to, api, { before, importersOf });
    expect(changes.map(({ action }) => action)).toEqual(["changed"]);
  });

  test("keeps its stack from being deleted until the last that imports it is gone", async () => {
    await using tank = await startTank();
    using project = new Project();
    project.write("source.yaml", SOURCE);
    project.write("copy.yaml", IMPORTER);
    const source = await tank.deploy(project.path("source.yaml"), { stackName: "ride" });
    await tank.deploy(project.path("copy.yaml"), { stackName: "copy" });
    const request = (path: string, body?: object) =>
      fetch(`${tank.url}/_wavetank/${path}`, {
        method: body ? "POST" : "GET",
        ...(body && { body: JSON.stringify(body) }),
      });
    const refused = await request("delete", { stackName: "ride" });
    expect([refused.ok, await refused.json()]).toEqual([
      false,
      {
        error: {
          code: "ERR_DEPLOY",
          message: "Export ride-stream cannot be deleted as it is in use by copy",
          hint: "Delete copy first, or deploy it without !ImportValue ride-stream.",
        },
      },
    ]);
    await expect(source.delete()).rejects.toThrow("in use by copy");
    const { stacks } = (await (await request("stacks")).json()) as { stacks: object[] };
    expect(stacks).toMatchObject([
      { name: "ride", status: "CREATE_COMPLETE", outputs: { Stream: "rides" } },
      { name: "copy", status: "CREATE_COMPLETE" },
    ]);
    expect((await request("delete", { stackName: "copy" })).ok).toBe(true);
    expect((await request("delete", { stackName: "ride" })).ok).toBe(true);
  });
});

test("an export's name is one stack's only", async () => {
  const imports = new Map([["ride-stream", "other"]]);
  const api = new MemoryApi();
  const error = await failure(deployText(SOURCE, api, { imports }));
  expect(error.message).toContain("ride-stream is already exported by another stack");
  expect(api.streams.size).toBe(0);
});

test("the zones of a region, and of the stack's own", async () => {
  const text = `
Resources: { Role: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: {} } } }
Outputs:
  Own: { Value: !Select [0, !GetAZs ""] }
  All: { Value: !Join [",", !GetAZs eu-west-1] }`;
  const { outputs } = await deployText(text, new MemoryApi());
  expect(outputs).toEqual({ Own: "us-east-1a", All: "eu-west-1a,eu-west-1b,eu-west-1c" });
});
