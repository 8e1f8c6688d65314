import { describe, expect, test } from "vitest";
import { plain } from "../../emulator/template/shape.ts";
import { complaint, planOf } from "./reading.ts";

/** The properties of the Lambda function that a SAM function with these globals stands for. */
function merged(globals: string, own: string, attributes = ""): Record<string, unknown> {
  const { resources } = planOf(
    `Transform: AWS::Serverless-2016-10-31
Globals: { Function: ${globals} }
Parameters: { Stage: { Type: String, Default: dev } }
Resources:
  Scorer: { Type: AWS::Serverless::Function, Properties: ${own}${attributes} }`,
    { folder: "/" },
  );
  const lambda = resources.find(({ declaration }) => declaration.logicalId === "Scorer");
  return lambda ? (plain(lambda.declaration.properties) as Record<string, unknown>) : {};
}

const NEEDED = "Handler: a.b, Runtime: nodejs22.x";

// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
describe("as SAM merges", () => {
  test("a text, a number or a switch of the function wins", () => {
    const properties = merged(
      "{ Runtime: nodejs20.x, Timeout: 3, Handler: a.b }",
      "{ Runtime: nodejs22.x, Timeout: 9 }",
    );
    expect(properties).toMatchObject({ Runtime: "nodejs22.x", Timeout: 9, Handler: "a.b" });
  });

  test("maps merge, however deep, and the function's entries win", () => {
    const properties = merged(
      "{ Environment: { Variables: { TABLE: a, MODE: fast } }, Tags: { team: x } }",
      `{ ${NEEDED}, Environment: { Variables: { TABLE: b, EXTRA: c } }, Tags: { app: y } }`,
    );
    expect(properties.Environment).toEqual({ Variables: { TABLE: "b", MODE: "fast", EXTRA: "c" } });
    expect(properties.Tags).toEqual([
      { Key: "team", Value: "x" },
      { Key: "app", Value: "y" },
    ]);
  });

  test("lists are appended to the global list, doubles and all", () => {
    const properties = merged(
      "{ Architectures: [arm64] }",
      `{ ${NEEDED}, Architectures: [arm64, x86_64] }`,
    );
    expect(properties.Architectures).toEqual(["arm64", "arm64", "x86_64"]);
  });

  test("where the kinds differ, the function wins", () => {
    const properties = merged(
      "{ CodeUri: { Bucket: b, Key: k } }",
      `{ ${NEEDED}, CodeUri: "s3://other/code.zip" }`,
    );
    expect(properties.Code).toEqual({ S3Bucket: "other", S3Key: "code.zip" });
  });

  test("an intrinsic call counts as one value: it replaces, and is replaced", () => {
    const own = `{ ${NEEDED}, Environment: { Variables: { A: !Sub "\${Stage}-own", B: plain } } }`;
    const properties = merged(
      `{ Environment: { Variables: { A: x, B: !Ref Stage, C: !Ref Stage } } }`,
      own,
    );
    expect(properties.Environment).toEqual({ Variables: { A: "dev-own", B: "plain", C: "dev" } });
  });

  test("IgnoreGlobals leaves out one property or all", () => {
    const globals = "{ Timeout: 3, MemorySize: 512 }";
    expect(merged(globals, `{ ${NEEDED} }`, ", IgnoreGlobals: [Timeout]")).not.toHaveProperty(
      "Timeout",
    );
    expect(merged(globals, `{ ${NEEDED} }`, ", IgnoreGlobals: [Timeout]")).toHaveProperty(
      "MemorySize",
    );
    expect(merged(globals, `{ ${NEEDED} }`, ', IgnoreGlobals: "*"')).not.toHaveProperty(
      "MemorySize",
    );
  });
});

test("each fault names its place", () => {
  const template = (globals: string, attributes = "") => `Transform: AWS::Serverless-2016-10-31
Globals: ${globals}
Resources:
  Scorer: { Type: AWS::Serverless::Function, Properties: { ${NEEDED} }${attributes} }`;
  const complaints = [
    template("{ Function: { Tiemout: 3 } }"),
    template("{ Function: { FunctionName: a } }"),
    template("{ Function: [a] }"),
    template("{ Functions: {} }"),
    template("{ Function: { Timeout: 3 } }", ", IgnoreGlobals: [Timeot]"),
  ].map((text) => complaint(() => planOf(text, { folder: "/" })));
  expect(`\n${complaints.join("\n")}\n`).toMatchInlineSnapshot(`
    "
    template.yaml:2:24 Globals: "Tiemout" cannot be global.
    Did you mean "Timeout"? Known properties of Globals.Function: Handler, Runtime, CodeUri, DeadLetterQueue, Description, MemorySize, Timeout, VpcConfig, Environment, Tags, PropagateTags, Tracing, KmsKeyArn, AutoPublishAlias, AutoPublishAliasAllProperties, Layers, DeploymentPreference, RolePath, PermissionsBoundary, ReservedConcurrentExecutions, ProvisionedConcurrencyConfig, AssumeRolePolicyDocument, EventInvokeConfig, FileSystemConfigs, CodeSigningConfigArn, Architectures, SnapStart, EphemeralStorage, FunctionUrlConfig, RuntimeManagementConfig, LoggingConfig, RecursiveLoop, SourceKMSKeyArn.
    template.yaml:2:24 Globals: "FunctionName" cannot be global.
    Known properties of Globals.Function: Handler, Runtime, CodeUri, DeadLetterQueue, Description, MemorySize, Timeout, VpcConfig, Environment, Tags, PropagateTags, Tracing, KmsKeyArn, AutoPublishAlias, AutoPublishAliasAllProperties, Layers, DeploymentPreference, RolePath, PermissionsBoundary, ReservedConcurrentExecutions, ProvisionedConcurrencyConfig, AssumeRolePolicyDocument, EventInvokeConfig, FileSystemConfigs, CodeSigningConfigArn, Architectures, SnapStart, EphemeralStorage, FunctionUrlConfig, RuntimeManagementConfig, LoggingConfig, RecursiveLoop, SourceKMSKeyArn.
    template.yaml:2:22 Globals: Globals.Function must be a map, not a list.
    Write Runtime: nodejs22.x below it.
    template.yaml:2:12 Globals: unknown section "Functions".
    Did you mean "Function"? Known sections of Globals: Function, Api, HttpApi, WebSocketApi, SimpleTable, StateMachine, LayerVersion, CapacityProvider.
    template.yaml:4:113 Scorer: IgnoreGlobals names the text "Timeot", which is not in Globals.Function.
    Write IgnoreGlobals: "*", or a list of Timeout.
    "
  `);
});

test("globals for types that are not deployed are nobody's business", () => {
  const template = `Transform: AWS::Serverless-2016-10-31
Globals: { Api: { Cors: "*" } }
Resources: { Rides: { Type: AWS::Kinesis::Stream } }`;
  expect(planOf(template).resources).toHaveLength(1);
});
