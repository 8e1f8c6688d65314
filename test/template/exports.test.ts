import { expect, test } from "vitest";
import { deployText, failure } from "./deploying.ts";
import { MemoryApi } from "./memory-api.ts";

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
