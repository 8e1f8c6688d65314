import { describe, expect, it } from "vitest";
import { loadTemplate } from "../../emulator/template/load.ts";
import { member } from "../../emulator/template/node.ts";
import { plain } from "../../emulator/template/shape.ts";
import { complaint, templateOf } from "./reading.ts";

const STREAM = "Resources:\n  Rides:\n    Type: AWS::Kinesis::Stream\n";

/** The properties of the only resource. */
function properties(text: string) {
  const [entry] = templateOf(text).resources.values();
  return entry && member(entry.value, "Properties");
}

describe("accepts", () => {
  it("a short tag and its long form read alike", () => {
    const short = properties(`${STREAM}    Properties:\n      Name: !Sub "\${AWS::StackName}-x"\n`);
    const long = properties(
      `${STREAM}    Properties:\n      Name:\n        Fn::Sub: "\${AWS::StackName}-x"\n`,
    );
    const call = member(short, "Name");
    expect(call).toMatchObject({ kind: "call", name: "Fn::Sub", operands: [{ name: "Ref" }, {}] });
    expect(member(long, "Name")).toMatchObject({ kind: "call", name: "Fn::Sub" });
  });

  it("GetAtt takes a dotted text or a list, and keeps further dots in the attribute", () => {
    const texts = [
      "!GetAtt A.B.C",
      "!GetAtt [A, B.C]",
      "{ Fn::GetAtt: [A, B.C] }",
      "{ Fn::GetAtt: A.B.C }",
    ];
    for (const text of texts) {
      const call = member(properties(`${STREAM}    Properties: { Name: ${text} }`), "Name");
      expect(call).toMatchObject({
        name: "Fn::GetAtt",
        operands: [{ text: "A" }, { text: "B.C" }],
      });
    }
  });

  it("JSON, indented with tabs", () => {
    const json = JSON.stringify(
      {
        Resources: { Rides: { Type: "AWS::Kinesis::Stream", Properties: { Name: { Ref: "X" } } } },
      },
      undefined,
      "\t",
    );
    expect(member(properties(json), "Name")).toMatchObject({ name: "Ref", at: { line: 7 } });
  });

  it("a number keeps the digits it was written with", () => {
    const name = member(properties(`${STREAM}    Properties: { Name: 0123 }`), "Name");
    expect(name).toMatchObject({ value: 123, text: "0123" });
  });

  it("an alias stands for what was anchored", () => {
    const read = properties(`${STREAM}    Properties: { A: &tags [{ Key: k }], B: *tags }`);
    expect(read && plain(read)).toEqual({ A: [{ Key: "k" }], B: [{ Key: "k" }] });
  });

  it("a map with Condition in it is no function: policies have such keys", () => {
    const read = properties(`${STREAM}    Properties: { Statement: { Condition: x } }`);
    expect(read && plain(read)).toEqual({ Statement: { Condition: "x" } });
  });

  it("metadata of the template, whatever is in it", () => {
    expect(templateOf(`Metadata: { "Fn::Odd": 1, Other: 2 }\n${STREAM}`).resources.size).toBe(1);
  });
});

describe("rejects", () => {
  const cases: Record<string, string> = {
    "YAML that is none": `${STREAM}  Name: [a, b\nOutputs: {}\n`,
    "a key given twice": `${STREAM}    Type: AWS::S3::Bucket\n`,
    "a text instead of sections": "hello",
    "an empty file": "",
    "two documents": `${STREAM}---\n${STREAM}`,
    "a section misspelt": "Resource:\n  Rides: {}\n",
    "a section that is not emulated": `Rules: {}\n${STREAM}`,
    "another format version": `AWSTemplateFormatVersion: 2010-09-10\n${STREAM}`,
    "another transform": `Transform: [AWS::LanguageExtensions]\n${STREAM}`,
    "a loop": `${STREAM}  Fn::ForEach::Streams:\n    - Name\n    - [a, b]\n    - { "\${Name}": { Type: AWS::Kinesis::Stream } }\n`,
    "globals without the transform": `Globals: { Function: { Timeout: 3 } }\n${STREAM}`,
    "no resources": "Description: nothing\n",
    "resources that are a list": "Resources: [a]\n",
    "a logical id with a hyphen": "Resources:\n  my-rides: { Type: AWS::Kinesis::Stream }\n",
    "a key without a value": `${STREAM}    Properties:\n`,
    "a null in a list": `${STREAM}    Properties: { Tags: [~] }\n`,
    "a merge key": `${STREAM}    Properties: { <<: { Name: x } }\n`,
    "an alias of nothing": `${STREAM}    Properties: { Name: *name }\n`,
    "an alias inside its own anchor": `${STREAM}    Properties: &p { Name: *p }\n`,
    "a dynamic reference": `${STREAM}    Properties: { Name: "{{resolve:ssm:/x}}" }\n`,
    "a function misspelt": `${STREAM}    Properties: { Name: !Reff Stage }\n`,
    "a function that is not emulated": `${STREAM}    Properties: { Name: !Cidr x }\n`,
    "a function beside other keys": `${STREAM}    Properties:\n      Name:\n        Fn::Sub: x\n        Other: y\n`,
    "Ref of a list": `${STREAM}    Properties: { Name: !Ref [a] }\n`,
    "GetAtt without an attribute": `${STREAM}    Properties: { Name: !GetAtt Rides }\n`,
    "Join without its list": `${STREAM}    Properties: { Name: !Join [a, b, c] }\n`,
    "Join with a computed delimiter": `${STREAM}    Properties: { Name: !Join [!Ref A, [b]] }\n`,
    "If with two items": `${STREAM}    Properties: { Name: !If [A, b] }\n`,
    "Select of a text": `${STREAM}    Properties: { Name: !Select 0 }\n`,
    "And of one condition": "Conditions: { A: !And [!Condition B] }\nResources: {}\n",
    "a shell default in Sub": `${STREAM}    Properties: { Name: !Sub "\${STAGE:-dev}" }\n`,
    "Sub with a list of variables": `${STREAM}    Properties: { Name: !Sub ["\${A}", [a]] }\n`,
  };

  it("each fault by file, line, column, logical id, and what to write instead", () => {
    const complaints = Object.entries(cases).map(
      ([name, text]) => `## ${name}\n${complaint(() => templateOf(text))}`,
    );
    expect(`\n${complaints.join("\n")}\n`).toMatchInlineSnapshot(`
      "
      ## YAML that is none
      template.yaml:5:1 this is not valid YAML or JSON: Flow sequence in block collection must be sufficiently indented and end with a ].
      Look at this line and the one before it: indentation, colons, quotes and brackets.
      ## a key given twice
      template.yaml:4:5 this is not valid YAML or JSON: Map keys must be unique.
      Look at this line and the one before it: indentation, colons, quotes and brackets.
      ## a text instead of sections
      template.yaml:1:1 a template is a map of sections.
      Start with a Resources section.
      ## an empty file
      template.yaml:1:1 a template is a map of sections.
      Start with a Resources section.
      ## two documents
      template.yaml:4:1 this is not valid YAML or JSON: A template is one document.
      Look at this line and the one before it: indentation, colons, quotes and brackets.
      ## a section misspelt
      template.yaml:1:1 unknown section "Resource".
      Did you mean "Resources"? Known sections: AWSTemplateFormatVersion, Description, Metadata, Parameters, Mappings, Conditions, Transform, Globals, Resources, Outputs.
      ## a section that is not emulated
      template.yaml:1:1 the section Rules is not emulated.
      Remove the section to deploy without rules.
      ## another format version
      template.yaml:1:27 unknown template format version.
      Write AWSTemplateFormatVersion: "2010-09-09".
      ## another transform
      template.yaml:1:13 the transform AWS::LanguageExtensions is not emulated.
      Write out what Fn::ForEach, Fn::Length and Fn::ToJsonString make, and remove it.
      ## a loop
      template.yaml:4:3 Resources: Fn::ForEach::Streams is not emulated.
      Write out what it makes.
      ## globals without the transform
      template.yaml:1:1 Globals needs the SAM transform.
      Add this line at the top of the template: Transform: AWS::Serverless-2016-10-31
      ## no resources
      template.yaml:1:1 the template has no resources.
      Write Resources: and below it at least one resource with its Type.
      ## resources that are a list
      template.yaml:1:12 Resources must be a map, not a list.
      Write Resources: and below it, indented, each name with what it holds.
      ## a logical id with a hyphen
      template.yaml:2:3 the name "my-rides" in Resources has characters other than letters and digits.
      Write MyRides.
      ## a key without a value
      template.yaml:4:5 Rides: there is no value at Resources.Rides.Properties.
      Give a value, or remove the key. An empty text is "".
      ## a null in a list
      template.yaml:4:26 Rides: there is no value at Resources.Rides.Properties.Tags.0.
      Give a value, or remove the key. An empty text is "".
      ## a merge key
      template.yaml:4:19 Rides: YAML merge keys are not supported.
      Write the keys out, or use Globals for what functions share.
      ## an alias of nothing
      template.yaml:4:25 Rides: nothing is anchored as "name".
      Anchor it before its first use: &name.
      ## an alias inside its own anchor
      template.yaml:4:28 Rides: nothing is anchored as "p".
      Anchor it before its first use: &p.
      ## a dynamic reference
      template.yaml:4:25 Rides: the dynamic reference {{resolve:ssm:/x}} is not emulated.
      Pass the value in as a parameter.
      ## a function misspelt
      template.yaml:4:25 Rides: unknown function !Reff.
      Did you mean "!Ref"? Known functions: !Ref, !GetAtt, !Sub, !Join, !Select, !Split, !FindInMap, !If, !Base64, !GetAZs, !ImportValue, !Equals, !And, !Or, !Not, !Condition.
      ## a function that is not emulated
      template.yaml:4:25 Rides: Fn::Cidr is not emulated.
      Write the address blocks out.
      ## a function beside other keys
      template.yaml:6:9 Rides: Fn::Sub must be the only key of its map.
      Indent it below the key whose value it computes, or use !Sub.
      ## Ref of a list
      template.yaml:4:30 Rides: Ref takes a literal text here, not a list.
      Write !Ref LogicalId.
      ## GetAtt without an attribute
      template.yaml:4:33 Rides: Fn::GetAtt takes a resource and its attribute, not the text "Rides".
      Write !GetAtt LogicalId.Attribute.
      ## Join without its list
      template.yaml:4:31 Rides: Fn::Join takes a list of 2 values, not of 3.
      Write !Join ["delimiter", [value, value]].
      ## Join with a computed delimiter
      template.yaml:4:32 Rides: Fn::Join takes a literal text here, not Ref.
      Write !Join ["delimiter", [value, value]].
      ## If with two items
      template.yaml:4:29 Rides: Fn::If takes a list of 3 values, not of 2.
      Write !If [ConditionName, valueIfTrue, valueIfFalse].
      ## Select of a text
      template.yaml:4:33 Rides: Fn::Select takes a list of 2 values, not the text "0".
      Write !Select [index, [value, value]].
      ## And of one condition
      template.yaml:1:23 A: Fn::And takes a list of 2 to 10 values, not of 1.
      Write !And [condition, condition] (2 to 10).
      ## a shell default in Sub
      template.yaml:4:30 Rides: Fn::Sub cannot substitute \${STAGE:-dev}.
      Write \${!STAGE:-dev} for that text itself, or the name of a parameter, resource or variable.
      ## Sub with a list of variables
      template.yaml:4:39 Rides: Fn::Sub takes its variables as a map, not a list.
      Write !Sub "text \${LogicalId}", or !Sub ["text \${Name}", {Name: value}].
      "
    `);
  });

  it("aliases that unfold into millions of values", () => {
    const rows = Array.from(
      { length: 9 },
      (_, i) => `  A${i}: &a${i} [${`*a${i - 1}, `.repeat(9)}x]`,
    );
    rows[0] = "  A0: &a0 [x, x, x, x, x, x, x, x, x]";
    const bomb = `Metadata:\n${rows.join("\n")}\n${STREAM}`;
    expect(complaint(() => templateOf(bomb))).toMatchInlineSnapshot(`
      "template.yaml:7:12 A5: the template is too large.
      A template has at most 100000 values, 100 deep, aliases unfolded."
    `);
  });

  it("a template of more than a mebibyte", () => {
    const text = `Description: ${"x".repeat(1_048_576)}\n${STREAM}`;
    expect(complaint(() => templateOf(text))).toMatchInlineSnapshot(`
      "template.yaml:1:1 the template has 1048641 bytes.
      CloudFormation takes at most 1048576 bytes."
    `);
  });

  it("nesting that would overflow the stack", () => {
    const text = `Metadata: { A: ${"[".repeat(20_000)} }`;
    expect(() => templateOf(text)).toThrow(expect.objectContaining({ code: "ERR_TEMPLATE" }));
  });

  it("a file that is not there", async () => {
    await expect(loadTemplate("no/such/template.yaml")).rejects.toMatchObject({
      code: "ERR_TEMPLATE",
      message: expect.stringContaining("no/such/template.yaml"),
    });
  });
});
