import { getAtt } from "../call-nodes.ts";
import { type Dict, dict, list, member, type Node, scalar } from "../node.ts";
import { checkPolicies } from "../policy-templates.ts";
import type { Report } from "../problem.ts";
import type { Declaration, MacroType } from "../resource-type.ts";
import { deadLetterConfig } from "../serverless-destinations.ts";
import { expandEvents } from "../serverless-events.ts";
import { expandPublishing } from "../serverless-publishing.ts";
import { anything } from "../shape.ts";

// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
// What it stands for: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html

/** Passed on to AWS::Lambda::Function as they are. */
const PASSED_ON = [
  "FunctionName",
  "Handler",
  "Runtime",
  "Description",
  "MemorySize",
  "Timeout",
  "Environment",
  "Architectures",
  "EphemeralStorage",
  "KmsKeyArn",
  "LoggingConfig",
  "PackageType",
  "ReservedConcurrentExecutions",
];

/** Understood here. */
const OWN = [
  "CodeUri",
  "InlineCode",
  "Role",
  "Tags",
  "Tracing",
  "Events",
  "AutoPublishAlias",
  "VersionDescription",
  "EventInvokeConfig",
  "AssumeRolePolicyDocument",
  "DeadLetterQueue",
  "FunctionUrlConfig",
  "Policies",
];

export const serverlessFunction: MacroType = {
  kind: "macro",
  type: "AWS::Serverless::Function",
  honoured: Object.fromEntries([...PASSED_ON, ...OWN].map((name) => [name, anything])),
  kept: [
    "CodeSigningConfigArn",
    "PermissionsBoundary",
    "PropagateTags",
    "RecursiveLoop",
    "RolePath",
    "RuntimeManagementConfig",
    "SnapStart",
    "SourceKMSKeyArn",
    "VpcConfig",
  ],
  notEmulated: [
    "AutoPublishAliasAllProperties",
    "AutoPublishCodeSha256",
    "CapacityProviderConfig",
    "DeploymentPreference",
    "DurableConfig",
    "FileSystemConfigs",
    "FunctionScalingConfig",
    "ImageConfig",
    "ImageUri",
    "Layers",
    "ProvisionedConcurrencyConfig",
    "PublishToLatestPublished",
    "TenancyConfig",
    "VersionDeletionPolicy",
  ],

  expand(declared, report) {
    const role = member(declared.properties, "Role");
    const tracing = member(declared.properties, "Tracing");
    const roleId = `${declared.logicalId}Role`;
    const at = declared.at;
    const policies = member(declared.properties, "Policies");
    if (policies) checkPolicies(policies, { declared, report });
    const properties = dict(
      {
        ...Object.fromEntries(PASSED_ON.map((name) => [name, member(declared.properties, name)])),
        Code: codeOf(declared, report),
        Role: role ?? getAtt(roleId, { attribute: "Arn", at }),
        Tags: tagList(declared, report),
        DeadLetterConfig: deadLetterConfig(declared, report),
        TracingConfig: tracing && dict({ Mode: tracing }, tracing.at),
      },
      declared.properties.at,
    );
    const { properties: own, ...rest } = declared;
    const lambda: Declaration = { ...rest, type: "AWS::Lambda::Function", properties };
    const { resources, ...published } = expandPublishing(declared, report);
    const events = [
      ...urlOf(declared, published.arn),
      ...resources,
      ...expandEvents(declared, { ...published, report }),
    ];
    if (role) return [lambda, ...events];
    const policy = member(own, "AssumeRolePolicyDocument") ?? dict({}, at);
    const roleProperties = dict({ AssumeRolePolicyDocument: policy }, at);
    const generated: Declaration = {
      ...rest,
      logicalId: roleId,
      type: "AWS::IAM::Role",
      metadata: undefined,
      dependsOn: [],
      properties: roleProperties,
    };
    return [generated, lambda, ...events];
  },
};

/** The URL that FunctionUrlConfig asks for, named as SAM names it. */
function urlOf(declared: Declaration, arn: Node): Declaration[] {
  const config = member(declared.properties, "FunctionUrlConfig");
  if (config?.kind !== "map") return [];
  const { logicalId, at } = declared;
  const entries = new Map(config.entries);
  entries.set("TargetFunctionArn", { at, value: arn });
  return [
    {
      ...declared,
      logicalId: `${logicalId}Url`,
      type: "AWS::Lambda::Url",
      metadata: undefined,
      dependsOn: [],
      properties: { ...config, entries },
    },
  ];
}

/** InlineCode, a local CodeUri (the default is the template's folder), or one in S3. */
function codeOf({ properties, owner: logicalId, at }: Declaration, report: Report): Node {
  const inline = member(properties, "InlineCode");
  const uri = member(properties, "CodeUri");
  if (inline && uri) {
    const hint = "Remove one of them.";
    const text = "a function has either InlineCode or CodeUri.";
    report.fault({ at: inline.at, logicalId, text, hint });
  }
  if (inline) return dict({ ZipFile: inline }, inline.at);
  if (uri?.kind === "map") return inS3(uri, { logicalId, report });
  const remote = uri?.kind === "scalar" ? /^s3:\/\/([^/]+)\/(.+)$/.exec(uri.text) : undefined;
  if (uri && remote) {
    const [, bucket = "", key = ""] = remote;
    return dict({ S3Bucket: scalar(bucket, uri.at), S3Key: scalar(key, uri.at) }, uri.at);
  }
  return uri ?? scalar(".", at);
}

/** `CodeUri: {Bucket, Key, Version}`. */
function inS3(uri: Dict, { logicalId, report }: { logicalId: string; report: Report }): Node {
  const [bucket, key, version] = ["Bucket", "Key", "Version"].map((name) => member(uri, name));
  if (!bucket || !key) {
    const hint = "Write Bucket: and Key:, or a folder.";
    report.fault({ at: uri.at, logicalId, text: "CodeUri needs a Bucket and a Key.", hint });
  }
  return dict({ S3Bucket: bucket, S3Key: key, S3ObjectVersion: version }, uri.at);
}

/** SAM's map of tags as CloudFormation's list. */
function tagList({ properties, owner: logicalId }: Declaration, report: Report): Node | undefined {
  const tags = member(properties, "Tags");
  if (!tags || tags.kind === "call") return tags;
  if (tags.kind !== "map") {
    const hint = "Write Tags: and below it, indented, Key: value.";
    report.fault({ at: tags.at, logicalId, text: "Tags must be a map.", hint });
    return undefined;
  }
  const pairs = [...tags.entries].map(([key, { at, value }]) =>
    dict({ Key: scalar(key, at), Value: value }, at),
  );
  return list(pairs, tags.at);
}
