import { describe, expect, test } from "vitest";
import { plain } from "../../emulator/template/shape.ts";
import { complaint, planOf } from "./reading.ts";

/** What `!Ref P` gives for a declared parameter. */
function value(declared: string, given?: string): unknown {
  const template = `
Parameters:
  P: ${declared}
Resources: { X: { Type: AWS::Kinesis::Stream } }`;
  const node = planOf(
    template,
    given === undefined ? {} : { parameters: { P: given } },
  ).scope.parameters.get("P");
  return node && plain(node);
}

test.each([
  ["{ Type: String, Default: a }", undefined, "a"],
  ["{ Type: String, Default: a }", "b", "b"],
  ["{ Type: String, Default: a }", "", ""],
  ["{ Type: Number, Default: 2 }", undefined, "2"],
  ["{ Type: Number }", "1.5", "1.5"],
  ["{ Type: CommaDelimitedList }", "a, b,c", ["a", "b", "c"]],
  ["{ Type: List<Number>, Default: '1,2' }", undefined, ["1", "2"]],
  ["{ Type: String, AllowedValues: [dev, prod] }", "prod", "prod"],
  ["{ Type: Number, AllowedValues: [1, 2] }", "2", "2"],
  ["{ Type: String, AllowedPattern: '[a-z]+' }", "abc", "abc"],
  ["{ Type: String, MinLength: 2, MaxLength: 3 }", "ab", "ab"],
  ["{ Type: Number, MinValue: 1, MaxValue: 3 }", "3", "3"],
  ["{ Type: String, NoEcho: true, Description: a secret }", "x", "x"],
])("%s given %j is %j", (declared, given, expected) => {
  expect(value(declared, given)).toEqual(expected);
});

describe("rejects", () => {
  test("each fault by the parameter's place, and how to pass it", () => {
    const complaints = [
      ["{ Type: String }"],
      ["{ Type: Strin, Default: a }"],
      ["{ Type: 'AWS::SSM::Parameter::Value<String>', Default: a }"],
      ["{ Default: a }"],
      ["{ Type: String, Defualt: a }"],
      ["{ Type: String, Default: [a] }"],
      ["{ Type: String, AllowedValues: dev, Default: dev }"],
      ["{ Type: String, AllowedValues: [dev, prod] }", "prodd"],
      ["{ Type: String, AllowedValues: [dev, prod], Default: test }"],
      ["{ Type: Number }", "two"],
      ["{ Type: List<Number> }", "1,b"],
      ["{ Type: String, AllowedPattern: '[a-z]+' }", "ABC"],
      ["{ Type: String, AllowedPattern: '[a-z', Default: a }"],
      ["{ Type: String, AllowedPattern: '[a-z]+', ConstraintDescription: Lower case only }", "ABC"],
      ["{ Type: String, MinLength: 2, MaxLength: 3 }", "abcd"],
      ["{ Type: String, MinLength: two, Default: a }"],
      ["{ Type: Number, MinValue: 1 }", "0"],
      ["{ Type: String, NoEcho: true, MinLength: 8 }", "s3cret"],
    ].map(
      ([declared = "", given]) =>
        `${declared} ${given ?? ""}\n${complaint(() => value(declared, given))}`,
    );
    expect(`\n${complaints.join("\n")}\n`).toMatchInlineSnapshot(`
      "
      { Type: String } 
      template.yaml:3:3 P: the parameter has no value and no default.
      Pass one with --parameter P=value, or give it a Default.
      { Type: Strin, Default: a } 
      template.yaml:3:14 P: unknown parameter type "Strin".
      Did you mean "String"? Known parameter types: String, Number, CommaDelimitedList, List<Number>.
      { Type: 'AWS::SSM::Parameter::Value<String>', Default: a } 
      template.yaml:3:14 P: unknown parameter type "AWS::SSM::Parameter::Value<String>".
      Known parameter types: String, Number, CommaDelimitedList, List<Number>.
      { Default: a } 
      template.yaml:3:3 P: the parameter has no Type.
      Write Type: and one of String, Number, CommaDelimitedList, List<Number>.
      { Type: String, Defualt: a } 
      template.yaml:3:22 P: unknown property "Defualt" of a parameter.
      Did you mean "Default"? Known properties of a parameter: Type, Default, AllowedValues, AllowedPattern, ConstraintDescription, Description, MinLength, MaxLength, MinValue, MaxValue, NoEcho.
      { Type: String, Default: [a] } 
      template.yaml:3:31 P: Default must be a text or a number.
      Write Default: value.
      { Type: String, AllowedValues: dev, Default: dev } 
      template.yaml:3:37 P: AllowedValues must be a list of values.
      Write [a, b].
      { Type: String, AllowedValues: [dev, prod] } prodd
      template.yaml:3:3 P: the value "prodd" is not allowed.
      Allowed: dev, prod.
      { Type: String, AllowedValues: [dev, prod], Default: test } 
      template.yaml:3:59 P: the value "test" is not allowed.
      Allowed: dev, prod.
      { Type: Number } two
      template.yaml:3:3 P: the value "two" is not a number.
      Give a number.
      { Type: List<Number> } 1,b
      template.yaml:3:3 P: the value "b" is not a number.
      Give a number.
      { Type: String, AllowedPattern: '[a-z]+' } ABC
      template.yaml:3:3 P: the value "ABC" does not match [a-z]+.
      Give a value that matches [a-z]+.
      { Type: String, AllowedPattern: '[a-z', Default: a } 
      template.yaml:3:38 P: [a-z is not a regular expression.
      Correct it.
      { Type: String, AllowedPattern: '[a-z]+', ConstraintDescription: Lower case only } ABC
      template.yaml:3:3 P: the value "ABC" does not match [a-z]+.
      Lower case only.
      { Type: String, MinLength: 2, MaxLength: 3 } abcd
      template.yaml:3:3 P: the value "abcd" has 4 characters.
      Give 2 to 3 characters.
      { Type: String, MinLength: two, Default: a } 
      template.yaml:3:33 P: MinLength must be a number.
      Write MinLength: 1.
      { Type: Number, MinValue: 1 } 0
      template.yaml:3:3 P: the value "0" is out of range.
      Give a number of at least 1.
      { Type: String, NoEcho: true, MinLength: 8 } s3cret
      template.yaml:3:3 P: the value has 6 characters.
      Give at least 8 characters.
      "
    `);
  });

  test("a value for a parameter that the template does not have", () => {
    const template = `
Parameters: { Stage: { Type: String, Default: dev } }
Resources: { X: { Type: AWS::Kinesis::Stream } }`;
    expect(complaint(() => planOf(template, { parameters: { Stag: "x" } }))).toMatchInlineSnapshot(`
      "template.yaml has no parameter "Stag".
      Did you mean "Stage"? Known parameters: Stage."
    `);
  });
});

test("pseudo parameters tell where the stack lives", () => {
  const { parameters } = planOf("Resources: { X: { Type: AWS::Kinesis::Stream } }").scope;
  const values = [...parameters].map(([name, node]) => [name, node && plain(node)]);
  expect(Object.fromEntries(values)).toMatchInlineSnapshot(`
    {
      "AWS::AccountId": "123456789012",
      "AWS::NoValue": undefined,
      "AWS::NotificationARNs": [],
      "AWS::Partition": "aws",
      "AWS::Region": "eu-west-1",
      "AWS::StackId": "arn:aws:cloudformation:eu-west-1:123456789012:stack/ride/7e63c566-aa5a-e6fe-a5df-310b58476932",
      "AWS::StackName": "ride",
      "AWS::URLSuffix": "amazonaws.com",
    }
  `);
});
