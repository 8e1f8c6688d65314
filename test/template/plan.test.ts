import { describe, expect, test } from "vitest";
import { complaint, planOf } from "./reading.ts";

const order = (template: string) =>
  planOf(template).resources.map(({ declaration }) => declaration.logicalId);

describe("order", () => {
  test("a resource comes after those that it refers to or depends on", () => {
    const template = `
Resources:
  A: { Type: AWS::Kinesis::Stream, Properties: { Name: !Sub "\${B}-\${C.Arn}" } }
  B: { Type: AWS::Kinesis::Stream, DependsOn: [D] }
  C: { Type: AWS::Kinesis::Stream, DependsOn: B }
  D: { Type: AWS::Kinesis::Stream }`;
    expect(order(template)).toEqual(["D", "B", "C", "A"]);
  });

  test("a reference in the branch that a condition does not take is none", () => {
    const template = `
Conditions: { Never: !Equals [a, b] }
Resources:
  A: { Type: AWS::Kinesis::Stream, Properties: { Name: !If [Never, !Ref B, x] } }
  B: { Type: AWS::Kinesis::Stream, Properties: { Name: !Ref A } }`;
    expect(order(template)).toEqual(["A", "B"]);
  });

  test("a DependsOn on what a condition leaves out is ignored", () => {
    const template = `
Conditions: { Never: !Equals [a, b] }
Resources:
  A: { Type: AWS::Kinesis::Stream, DependsOn: B }
  B: { Type: AWS::Kinesis::Stream, Condition: Never }`;
    expect(order(template)).toEqual(["A"]);
  });
});

describe("rejects", () => {
  const stream = (rest: string) => `Resources:\n  Rides:\n    Type: AWS::Kinesis::Stream\n${rest}`;
  const cases: Record<string, string> = {
    "a resource type misspelt": "Resources:\n  Rides:\n    Type: AWS::Kinesis::Streams\n",
    "a resource type that is not emulated": "Resources:\n  Table: { Type: AWS::EC2::Volume }\n",
    "a SAM type without the transform": "Resources:\n  F: { Type: AWS::Serverless::Function }\n",
    "no type": "Resources:\n  Rides: { Properties: {} }\n",
    "a type that is computed": "Resources:\n  Rides: { Type: !Sub x }\n",
    "a resource that is a text": "Resources:\n  Rides: AWS::Kinesis::Stream\n",
    "an attribute misspelt": stream("    Propertys: { Name: x }\n"),
    "an attribute that is not emulated": stream("    UpdatePolicy: { A: b }\n"),
    "properties that are a list": stream("    Properties: [Name]\n"),
    "a property misspelt": stream("    Properties:\n      ShardCuont: 2\n"),
    "a property that is not emulated":
      "Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties: { VersioningConfiguration: { Status: Enabled } }\n",
    "a nested property misspelt": stream(
      "    Properties:\n      StreamModeDetails: { StreamMod: ON_DEMAND }\n",
    ),
    "a nested property missing": stream("    Properties:\n      Tags: [{ Key: a }]\n"),
    "a text where a number belongs": stream("    Properties: { ShardCount: two }\n"),
    "a list where a text belongs": stream("    Properties: { Name: [a] }\n"),
    "a map where a list belongs": stream("    Properties: { Tags: { a: b } }\n"),
    "a required property missing": "Resources:\n  E: { Type: AWS::SageMaker::Endpoint }\n",
    "a reference misspelt": stream("    Properties: { Name: !Ref Ridez }\n"),
    "a reference to a pseudo parameter misspelt": stream(
      "    Properties: { Name: !Ref AWS::Regoin }\n",
    ),
    "an attribute that a resource does not have":
      "Resources:\n  A: { Type: AWS::Kinesis::Stream }\n  B: { Type: AWS::Kinesis::Stream, Properties: { Name: !GetAtt A.Name } }\n",
    "an attribute of a parameter": `Parameters: { P: { Type: String, Default: a } }\n${stream("    Properties: { Name: !GetAtt P.Arn }\n")}`,
    "a reference to what a condition leaves out":
      "Conditions: { Never: !Equals [a, b] }\nResources:\n  A: { Type: AWS::Kinesis::Stream, Condition: Never }\n  B: { Type: AWS::Kinesis::Stream, Properties: { Name: !Ref A } }\n",
    "a DependsOn misspelt": stream("    DependsOn: Ridez\n"),
    "a DependsOn that is computed": stream("    DependsOn: [!Ref A]\n"),
    "a resource that refers to itself": stream("    Properties: { Name: !Ref Rides }\n"),
    "a name that SAM gives too":
      "Transform: AWS::Serverless-2016-10-31\nResources:\n  FRole: { Type: AWS::Kinesis::Stream }\n  F: { Type: AWS::Serverless::Function, Properties: { Handler: a.b, Runtime: nodejs22.x } }\n",
    "resources in a circle":
      "Resources:\n  A: { Type: AWS::Kinesis::Stream, Properties: { Name: !Ref B } }\n  B: { Type: AWS::Kinesis::Stream, DependsOn: C }\n  C: { Type: AWS::Kinesis::Stream, Properties: { Name: !GetAtt A.Arn } }\n",
    "a deletion policy that is not emulated": stream("    DeletionPolicy: Snapshot\n"),
    "an output without a value": `${stream("")}Outputs:\n  Name: { Description: x }\n`,
    "an output's property misspelt": `${stream("")}Outputs:\n  Name: { Value: x, Exprot: y }\n`,
    "an output's reference misspelt": `${stream("")}Outputs:\n  Name: { Value: !Ref Ride }\n`,
  };

  test("each fault by file, line, column, logical id, and what to write instead", () => {
    const complaints = Object.entries(cases).map(
      ([name, text]) => `## ${name}\n${complaint(() => planOf(text, { folder: "/" }))}`,
    );
    expect(`\n${complaints.join("\n")}\n`).toMatchInlineSnapshot(`
      "
      ## a resource type misspelt
      template.yaml:3:11 Rides: unknown resource type "AWS::Kinesis::Streams".
      Did you mean "AWS::Kinesis::Stream"? Emulated types: AWS::ApiGateway::Deployment, AWS::ApiGateway::RestApi, AWS::ApiGateway::Stage, AWS::ApiGatewayV2::Api, AWS::ApiGatewayV2::Integration, AWS::ApiGatewayV2::Route, AWS::ApiGatewayV2::Stage, AWS::ApplicationAutoScaling::ScalableTarget, AWS::ApplicationAutoScaling::ScalingPolicy, AWS::CloudWatch::Alarm, AWS::IAM::ManagedPolicy, AWS::IAM::Policy, AWS::DynamoDB::Table, AWS::Events::Rule, AWS::IAM::Role, AWS::Kinesis::Stream, AWS::Lambda::Alias, AWS::Lambda::EventInvokeConfig, AWS::Lambda::EventSourceMapping, AWS::Lambda::Function, AWS::Lambda::Permission, AWS::Lambda::Version, AWS::Lambda::Url, AWS::Logs::LogGroup, AWS::S3::Bucket, AWS::S3::BucketPolicy, AWS::SageMaker::Endpoint, AWS::SageMaker::EndpointConfig, AWS::SageMaker::Model, AWS::Scheduler::Schedule, AWS::Serverless::Api, AWS::Serverless::Connector, AWS::Serverless::Function, AWS::Serverless::HttpApi, AWS::SQS::Queue, AWS::SQS::QueuePolicy, AWS::Serverless::SimpleTable. Deploy with --loose to leave it out.
      ## a resource type that is not emulated
      template.yaml:2:18 Table: unknown resource type "AWS::EC2::Volume".
      Emulated types: AWS::ApiGateway::Deployment, AWS::ApiGateway::RestApi, AWS::ApiGateway::Stage, AWS::ApiGatewayV2::Api, AWS::ApiGatewayV2::Integration, AWS::ApiGatewayV2::Route, AWS::ApiGatewayV2::Stage, AWS::ApplicationAutoScaling::ScalableTarget, AWS::ApplicationAutoScaling::ScalingPolicy, AWS::CloudWatch::Alarm, AWS::IAM::ManagedPolicy, AWS::IAM::Policy, AWS::DynamoDB::Table, AWS::Events::Rule, AWS::IAM::Role, AWS::Kinesis::Stream, AWS::Lambda::Alias, AWS::Lambda::EventInvokeConfig, AWS::Lambda::EventSourceMapping, AWS::Lambda::Function, AWS::Lambda::Permission, AWS::Lambda::Version, AWS::Lambda::Url, AWS::Logs::LogGroup, AWS::S3::Bucket, AWS::S3::BucketPolicy, AWS::SageMaker::Endpoint, AWS::SageMaker::EndpointConfig, AWS::SageMaker::Model, AWS::Scheduler::Schedule, AWS::Serverless::Api, AWS::Serverless::Connector, AWS::Serverless::Function, AWS::Serverless::HttpApi, AWS::SQS::Queue, AWS::SQS::QueuePolicy, AWS::Serverless::SimpleTable. Deploy with --loose to leave it out.
      ## a SAM type without the transform
      template.yaml:2:14 F: AWS::Serverless::Function needs the SAM transform.
      Add this line at the top of the template: Transform: AWS::Serverless-2016-10-31
      ## no type
      template.yaml:2:3 Rides: the resource has no Type.
      Write Type: and below it Properties:.
      ## a type that is computed
      template.yaml:2:18 Rides: Type must be a literal text, not Fn::Sub.
      Write Type: and a name.
      ## a resource that is a text
      template.yaml:2:3 Rides: a resource must be a map, not the text "AWS::Kinesis::Stream".
      Write Type: and Properties: below its name.
      ## an attribute misspelt
      template.yaml:4:5 Rides: unknown attribute "Propertys" of a resource.
      Did you mean "Properties"? Known attributes of a resource: Type, Properties, DependsOn, Condition, Metadata, DeletionPolicy, UpdateReplacePolicy, IgnoreGlobals, Connectors.
      ## an attribute that is not emulated
      template.yaml:4:5 Rides: UpdatePolicy is not emulated.
      Remove it. Deploy with --loose to leave it out.
      ## properties that are a list
      template.yaml:4:17 Rides: Properties must be a map, not a list.
      Write Name: value below it.
      ## a property misspelt
      template.yaml:5:7 Rides: unknown property "ShardCuont" of AWS::Kinesis::Stream.
      Did you mean "ShardCount"? Known properties of AWS::Kinesis::Stream: MaxRecordSizeInKiB, ShardCount, StreamModeDetails, Name, RetentionPeriodHours, Tags, StreamEncryption, DesiredShardLevelMetrics. Deploy with --loose to leave it out.
      ## a property that is not emulated
      template.yaml:4:19 B: the property VersioningConfiguration of AWS::S3::Bucket is not emulated.
      Remove it. Deploy with --loose to leave it out.
      ## a nested property misspelt
      template.yaml:5:28 Rides: unknown property "StreamMod" of StreamModeDetails.
          Did you mean "StreamMode"? Known properties of StreamModeDetails: StreamMode. Deploy with --loose to leave it out.
      template.yaml:5:26 Rides: StreamModeDetails needs StreamMode.
          Write StreamMode below StreamModeDetails.
      Correct these 2 places and deploy again.
      ## a nested property missing
      template.yaml:5:14 Rides: Tags[0] needs Value.
      Write Value below Tags[0].
      ## a text where a number belongs
      template.yaml:4:31 Rides: ShardCount must be a number, not the text "two".
      Give a number.
      ## a list where a text belongs
      template.yaml:4:25 Rides: Name must be a text, not a list.
      Give a text.
      ## a map where a list belongs
      template.yaml:4:25 Rides: Tags must be a list, not a map.
      Give a list.
      ## a required property missing
      template.yaml:2:3 E: AWS::SageMaker::Endpoint needs the property EndpointConfigName.
      Write EndpointConfigName: below Properties.
      ## a reference misspelt
      template.yaml:4:30 Rides: Ref "Ridez": there is no such resource or parameter.
      Did you mean "Rides"? Known resource or parameters: Rides.
      ## a reference to a pseudo parameter misspelt
      template.yaml:4:30 Rides: Ref "AWS::Regoin": there is no such resource or parameter.
      Did you mean "AWS::Region"? Known resource or parameters: Rides.
      ## an attribute that a resource does not have
      template.yaml:3:64 B: A has no attribute "Name".
      Known attributes of AWS::Kinesis::Stream: Arn.
      ## an attribute of a parameter
      template.yaml:5:33 Rides: Fn::GetAtt "P": a parameter has no attributes.
      Write !Ref P.
      ## a reference to what a condition leaves out
      template.yaml:4:61 B: Ref "A": it is not created, its condition Never is false.
      Write !If [Never, …, !Ref AWS::NoValue] around it.
      ## a DependsOn misspelt
      template.yaml:4:16 Rides: DependsOn names "Ridez", which is no resource.
      Did you mean "Rides"? Known resources: Rides.
      ## a DependsOn that is computed
      template.yaml:4:17 Rides: DependsOn takes logical ids, not Ref.
      Write DependsOn: LogicalId.
      ## a resource that refers to itself
      template.yaml:2:3 Rides: resources depend on one another: Rides → Rides.
      Take one of these references out, e.g. by giving a resource a fixed name.
      ## a name that SAM gives too
      template.yaml:4:3 F: SAM needs the name FRole for a resource of F.
      Rename one of the two.
      ## resources in a circle
      template.yaml:2:3 A: resources depend on one another: A → B → C → A.
      Take one of these references out, e.g. by giving a resource a fixed name.
      ## a deletion policy that is not emulated
      template.yaml:4:21 Rides: the deletion policy "Snapshot" is not emulated.
      Write one of Delete, Retain, RetainExceptOnCreate.
      ## an output without a value
      template.yaml:5:3 Name: the output has no Value.
      Write Value: and what to give out.
      ## an output's property misspelt
      template.yaml:5:21 Name: unknown property "Exprot" of an output.
      Did you mean "Export"? Known properties of an output: Value, Description, Condition, Export.
      ## an output's reference misspelt
      template.yaml:5:23 Name: Ref "Ride": there is no such resource or parameter.
      Did you mean "Rides"? Known resource or parameters: Rides.
      "
    `);
  });

  test("several faults at once, in the order of the template", () => {
    const template = `
Resources:
  Rides:
    Type: AWS::Kinesis::Stream
    Properties: { ShardCuont: 2, Name: !Ref Nmae }
  Table:
    Type: AWS::EC2::Volume
Outputs:
  Arn: { Value: !GetAtt Rides.Ran }`;
    expect(complaint(() => planOf(template))).toMatchInlineSnapshot(`
      "template.yaml:5:19 Rides: unknown property "ShardCuont" of AWS::Kinesis::Stream.
          Did you mean "ShardCount"? Known properties of AWS::Kinesis::Stream: MaxRecordSizeInKiB, ShardCount, StreamModeDetails, Name, RetentionPeriodHours, Tags, StreamEncryption, DesiredShardLevelMetrics. Deploy with --loose to leave it out.
      template.yaml:5:45 Rides: Ref "Nmae": there is no such resource or parameter.
          Known resource or parameters: Rides.
      template.yaml:7:11 Table: unknown resource type "AWS::EC2::Volume".
          Emulated types: AWS::ApiGateway::Deployment, AWS::ApiGateway::RestApi, AWS::ApiGateway::Stage, AWS::ApiGatewayV2::Api, AWS::ApiGatewayV2::Integration, AWS::ApiGatewayV2::Route, AWS::ApiGatewayV2::Stage, AWS::ApplicationAutoScaling::ScalableTarget, AWS::ApplicationAutoScaling::ScalingPolicy, AWS::CloudWatch::Alarm, AWS::IAM::ManagedPolicy, AWS::IAM::Policy, AWS::DynamoDB::Table, AWS::Events::Rule, AWS::IAM::Role, AWS::Kinesis::Stream, AWS::Lambda::Alias, AWS::Lambda::EventInvokeConfig, AWS::Lambda::EventSourceMapping, AWS::Lambda::Function, AWS::Lambda::Permission, AWS::Lambda::Version, AWS::Lambda::Url, AWS::Logs::LogGroup, AWS::S3::Bucket, AWS::S3::BucketPolicy, AWS::SageMaker::Endpoint, AWS::SageMaker::EndpointConfig, AWS::SageMaker::Model, AWS::Scheduler::Schedule, AWS::Serverless::Api, AWS::Serverless::Connector, AWS::Serverless::Function, AWS::Serverless::HttpApi, AWS::SQS::Queue, AWS::SQS::QueuePolicy, AWS::Serverless::SimpleTable. Deploy with --loose to leave it out.
      template.yaml:9:25 Arn: Rides has no attribute "Ran".
          Did you mean "Arn"? Known attributes of AWS::Kinesis::Stream: Arn.
      Correct these 4 places and deploy again."
    `);
  });
});

describe("loose", () => {
  const template = `
Resources:
  Rides: { Type: AWS::Kinesis::Stream, Properties: { ShardCuont: 2, StreamModeDetails: { StreamMode: ON_DEMAND, Mode: x } } }
  Table: { Type: AWS::EC2::Volume }
  Other: { Type: AWS::Kinesis::Stream, DependsOn: Table, Properties: { Name: !Sub "to-\${Table}" } }`;

  test("leaves out what is unknown and says so", () => {
    const { resources, warnings } = planOf(template, { loose: true });
    expect(resources.map(({ declaration }) => declaration.logicalId)).toEqual(["Rides", "Other"]);
    expect(`\n${warnings.join("\n")}\n`).toMatchInlineSnapshot(`
      "
      template.yaml:4:18 Table: unknown resource type "AWS::EC2::Volume". Left out.
      template.yaml:3:54 Rides: unknown property "ShardCuont" of AWS::Kinesis::Stream. Left out.
      template.yaml:3:113 Rides: unknown property "Mode" of StreamModeDetails. Left out.
      "
    `);
  });

  test("still stops at what is wrong", () => {
    const wrong = template.replace(
      "StreamModeDetails: { StreamMode: ON_DEMAND, Mode: x }",
      "ShardCount: two",
    );
    expect(complaint(() => planOf(wrong, { loose: true }))).toMatchInlineSnapshot(`
      "template.yaml:3:81 Rides: ShardCount must be a number, not the text "two".
      Give a number."
    `);
  });
});
