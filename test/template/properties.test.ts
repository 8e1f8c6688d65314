import fc from "fast-check";
import { expect, test } from "vitest";
import { WavetankError } from "../../emulator/core/errors.ts";
import { planOf } from "./reading.ts";

const PIPELINE = `Transform: AWS::Serverless-2016-10-31
Parameters: { Stage: { Type: String, Default: dev, AllowedValues: [dev, prod] } }
Mappings: { Sizes: { dev: { Memory: 256 } } }
Conditions: { IsProd: !Not [!Equals [!Ref Stage, dev]] }
Globals: { Function: { Runtime: nodejs22.x, Environment: { Variables: { A: 1 } } } }
Resources:
  Rides: { Type: AWS::Kinesis::Stream, Properties: { ShardCount: 2, Tags: [{ Key: a, Value: b }] } }
  Models: { Type: AWS::S3::Bucket, Metadata: { Wavetank: { Upload: [] } } }
  Scorer:
    Type: AWS::Serverless::Function
    DependsOn: Models
    Properties:
      Handler: handler.handler
      MemorySize: !FindInMap [Sizes, !Ref Stage, Memory]
      Environment: { Variables: { B: !If [IsProd, !Ref AWS::NoValue, !Sub "\${Rides}-x"] } }
      Events: { E: { Type: Kinesis, Properties: { Stream: !GetAtt Rides.Arn, StartingPosition: LATEST } } }
Outputs: { Arn: { Value: !Join ["-", [!GetAtt Rides.Arn, !Ref Scorer]] } }
`;

/** Plans a template; whatever is wrong with it must be said to the user, with a hint. */
function planOrComplain(text: string): void {
  try {
    planOf(text, { folder: "/" });
  } catch (error) {
    expect(error).toBeInstanceOf(WavetankError);
    expect((error as WavetankError).message).toMatch(/^template\.yaml:\d+:\d+ /);
    expect((error as WavetankError).hint).not.toBe("");
  }
}

test("the template that the next test damages is in order", () => {
  expect(planOf(PIPELINE, { folder: "/" }).resources).toHaveLength(5);
});

test("a damaged template is planned or complained about, never a crash", () => {
  const at = fc.nat(PIPELINE.length);
  const junk = fc.constantFrom(
    "",
    "\n",
    "  ",
    ": ",
    "!Ref ",
    "[",
    "]",
    "{",
    "}",
    "- ",
    "*a",
    "&a ",
    "~",
    "Fn::If: ",
  );
  fc.assert(
    fc.property(at, fc.nat(30), junk, (start, length, inserted) => {
      planOrComplain(PIPELINE.slice(0, start) + inserted + PIPELINE.slice(start + length));
    }),
    { numRuns: 400 },
  );
});

test("a value of the wrong kind anywhere is planned or complained about, never a crash", () => {
  const lines = PIPELINE.split("\n").flatMap((line, index) => (line.includes(": ") ? [index] : []));
  const wrong = fc.constantFrom(
    "[]",
    "{}",
    "1",
    "true",
    "text",
    "[[a]]",
    "{ a: { b: c } }",
    "!Ref Rides",
    "!Sub x",
  );
  fc.assert(
    fc.property(fc.constantFrom(...lines), fc.nat(4), wrong, (index, nth, value) => {
      const all = PIPELINE.split("\n");
      const keys = [...(all[index] ?? "").matchAll(/: /g)];
      const colon = keys[nth % keys.length]?.index ?? 0;
      all[index] = `${all[index]?.slice(0, colon)}: ${value}`;
      planOrComplain(all.join("\n"));
    }),
    { numRuns: 300 },
  );
});

test("an order puts every resource after those that it needs, for whatever graph has no cycle", () => {
  const graph = fc.array(fc.array(fc.nat(20), { maxLength: 4 }), { minLength: 1, maxLength: 15 });
  fc.assert(
    fc.property(graph, fc.nat(), (needs, seed) => {
      // A resource may need only those with a smaller number: that leaves no cycle.
      const resources = needs.map((others, i) => {
        const names = others.filter((other) => other < i).map((other) => `R${other}`);
        return `  R${i}: { Type: AWS::Kinesis::Stream, DependsOn: [${names.join(", ")}] }`;
      });
      const turn = seed % resources.length;
      const turned = [...resources.slice(turn), ...resources.slice(0, turn)];
      const plan = planOf(`Resources:\n${turned.join("\n")}`);
      const order = plan.resources.map(({ declaration }) => declaration.logicalId);
      expect(order).toHaveLength(resources.length);
      for (const [name, needed] of plan.dependencies) {
        for (const other of needed) expect(order.indexOf(other)).toBeLessThan(order.indexOf(name));
      }
    }),
  );
});
