import { expect, test } from "vitest";
import { complaint, planOf } from "./reading.ts";

const PARAMETERS = `
Parameters:
  Stage: { Type: String, Default: dev }
  Count: { Type: Number, Default: 2 }
Mappings: { M: { dev: { Kind: small } } }
`;

/** Whether a condition, written in YAML, holds. */
function holds(condition: string): boolean {
  const { resources } = planOf(`${PARAMETERS}
Conditions: { IsDev: !Equals [!Ref Stage, dev], It: ${condition} }
Resources:
  Always: { Type: AWS::Kinesis::Stream }
  Sometimes: { Type: AWS::Kinesis::Stream, Condition: It }
`);
  return resources.length === 2;
}

test.each([
  ["!Equals [!Ref Stage, dev]", true],
  ["!Equals [!Ref Stage, prod]", false],
  ["!Equals [!Ref Count, 2]", true],
  ['!Equals [true, "true"]', true],
  ["!Equals [[a, b], [a, b]]", true],
  ["!Equals [!Ref AWS::Region, eu-west-1]", true],
  ["!Equals [!FindInMap [M, !Ref Stage, Kind], small]", true],
  [`!Equals [!Sub "\${Stage}-x", dev-x]`, true],
  ["!Not [!Condition IsDev]", false],
  ["!Not [{ Condition: IsDev }]", false],
  ["{ Condition: IsDev }", true],
  ["!And [!Condition IsDev, !Equals [a, a]]", true],
  ["!And [!Condition IsDev, !Equals [a, b]]", false],
  ["!Or [!Equals [a, b], { Condition: IsDev }]", true],
  ["!Or [!Equals [a, b], !Equals [b, a]]", false],
  ["{ Fn::Or: [{ Fn::Not: [{ Condition: IsDev }] }, { Fn::Equals: [a, a] }] }", true],
])("%s is %s", (condition, expected) => {
  expect(holds(condition)).toBe(expected);
});

test("each fault names the condition and its place", () => {
  const complaints = [
    "!Condition Dev",
    "!Condition It",
    "!Not [!Not [{ Condition: It }]]",
    "!Ref Stage",
    "just a text",
    "!And [!Condition IsDev, yes]",
    "!Equals [!Ref Stag, dev]",
    "!Equals [!Ref Always, x]",
    "!Equals [!GetAtt Always.Arn, x]",
  ].map((condition) => `${condition}\n${complaint(() => holds(condition))}`);
  expect(`\n${complaints.join("\n")}\n`).toMatchInlineSnapshot(`
    "
    !Condition Dev
    template.yaml:7:64 It: there is no condition "Dev".
    Did you mean "IsDev"? Known conditions: IsDev, It.
    !Condition It
    template.yaml:7:64 It: the condition refers to itself: It → It.
    Take one of these references out.
    !Not [!Not [{ Condition: It }]]
    template.yaml:7:78 It: the condition refers to itself: It → It.
    Take one of these references out.
    !Ref Stage
    template.yaml:7:53 It: Ref is not a condition.
    Write !Equals, !And, !Or, !Not, or !Condition Name.
    just a text
    template.yaml:7:53 It: the text "just a text" is not a condition.
    Write !Equals, !And, !Or, !Not, or !Condition Name.
    !And [!Condition IsDev, yes]
    template.yaml:7:77 It: the text "yes" is not a condition.
    Write !Equals, !And, !Or, !Not, or !Condition Name.
    !Equals [!Ref Stag, dev]
    template.yaml:7:62 It: a condition can only compare what is known before any resource exists, not "Stag".
    Did you mean "Stage"? Known parameters: Stage, Count.
    !Equals [!Ref Always, x]
    template.yaml:7:62 It: a condition can only compare what is known before any resource exists, not "Always".
    Known parameters: Stage, Count.
    !Equals [!GetAtt Always.Arn, x]
    template.yaml:7:62 It: a condition can only compare what is known before any resource exists, not "Always".
    Known parameters: Stage, Count.
    "
  `);
});

test("a cycle of several conditions is spelt out", () => {
  const template = `
Conditions: { A: !Not [!Condition B], B: !Not [!Condition C], C: !Not [!Condition A] }
Resources: { X: { Type: AWS::Kinesis::Stream } }`;
  expect(complaint(() => planOf(template))).toMatchInlineSnapshot(`
    "template.yaml:2:83 C: the condition refers to itself: A → B → C → A.
    Take one of these references out."
  `);
});

test("a resource, an output and !If name their owner when their condition is unknown", () => {
  const stream = "Type: AWS::Kinesis::Stream";
  const complaints = [
    `Resources: { X: { ${stream}, Condition: Prod } }`,
    `Resources: { X: { ${stream}, Properties: { Name: !If [Prod, a, b] } } }`,
    `Resources: { X: { ${stream} } }\nOutputs: { Y: { Condition: Prod, Value: a } }`,
  ].map((template) => complaint(() => planOf(template)));
  expect(complaints).toMatchInlineSnapshot(`
    [
      "template.yaml:1:58 X: there is no condition "Prod".
    There are no conditions.",
      "template.yaml:1:72 X: there is no condition "Prod".
    There are no conditions.",
      "template.yaml:2:28 Y: there is no condition "Prod".
    There are no conditions.",
    ]
  `);
});
