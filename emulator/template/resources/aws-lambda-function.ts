import {
  type CreateFunctionRequest,
  CreateFunctionRequest$,
  type FunctionConfiguration,
  type GetFunctionResponse,
} from "@aws-sdk/client-lambda";
import { type AwsApi, deleteIfPresent, waitFor } from "../api.ts";
import { CONTENTS } from "../changes.ts";
import { checkCode, codeFileFingerprint, codeOf } from "../function-code.ts";
import { resourceType } from "../resource-type.ts";
import { anything, membersOf, number, tags, text } from "../shape.ts";
import { type Tag, tagChanges } from "../tags.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html
interface Values extends Omit<CreateFunctionRequest, "Code" | "KMSKeyArn" | "Tags"> {
  readonly KmsKeyArn?: string;
  readonly ReservedConcurrentExecutions?: number;
  readonly Code?: unknown;
  readonly Tags?: readonly Tag[];
}

/** What UpdateFunctionConfiguration changes, and what each is without being told. */
const CONFIGURATION: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["Handler", undefined],
  ["Runtime", undefined],
  ["Role", undefined],
  ["Description", ""],
  ["MemorySize", 128],
  ["Timeout", 3],
  ["Environment", { Variables: {} }],
  ["EphemeralStorage", { Size: 512 }],
  ["LoggingConfig", { LogFormat: "Text" }],
  ["TracingConfig", { Mode: "PassThrough" }],
  ["KmsKeyArn", ""],
]);

export const lambdaFunction = resourceType<Values>({
  type: "AWS::Lambda::Function",
  honoured: {
    ...membersOf(CreateFunctionRequest$, [
      "FunctionName",
      "Handler",
      "Runtime",
      "Description",
      "MemorySize",
      "Timeout",
      "Environment",
      "Role",
      "Architectures",
      "EphemeralStorage",
      "LoggingConfig",
      "TracingConfig",
      "DeadLetterConfig",
    ]),
    KmsKeyArn: text,
    ReservedConcurrentExecutions: number,
    PackageType: anything,
    Code: anything,
    Tags: tags,
  },
  required: ["Code", "Role"],
  kept: [
    "CodeSigningConfigArn",
    "RecursiveLoop",
    "RuntimeManagementConfig",
    "SnapStart",
    "VpcConfig",
  ],
  notEmulated: [
    "CapacityProviderConfig",
    "DurableConfig",
    "FileSystemConfigs",
    "FunctionScalingConfig",
    "ImageConfig",
    "Layers",
    "PublishToLatestPublished",
    "TenancyConfig",
  ],
  attributes: ["Arn"],
  namedBy: "FunctionName",
  replacedBy: ["FunctionName", "PackageType"],
  check: checkCode,
  fingerprint: codeFileFingerprint,

  async create(resource, api) {
    const { KmsKeyArn, Tags, Code: _, ReservedConcurrentExecutions: __, ...rest } = resource.values;
    const FunctionName = rest.FunctionName ?? resource.generatedName(64);
    const input: CreateFunctionRequest = { ...rest, FunctionName, Code: await codeOf(resource) };
    if (KmsKeyArn !== undefined) input.KMSKeyArn = KmsKeyArn;
    if (Tags) input.Tags = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
    const { FunctionArn = "" } = await api.call<FunctionConfiguration>(
      "lambda",
      "CreateFunction",
      input,
    );
    return { physicalId: FunctionName, attributes: { Arn: FunctionArn } };
  },

  async update(resource, { api, created, changed, previous }) {
    const { physicalId: FunctionName, attributes } = created;
    const { Tags, ReservedConcurrentExecutions, Code: _, ...values } = resource.values;
    const isChanged = (name: string) => changed.includes(name);
    if (["Code", CONTENTS, "Architectures"].some(isChanged)) {
      const { Architectures = ["x86_64"] } = values;
      const input = { FunctionName, Architectures, ...(await codeOf(resource)) };
      await api.call("lambda", "UpdateFunctionCode", input);
      await whenUpdated(api, FunctionName);
    }
    const given: Readonly<Record<string, unknown>> = values;
    const configured = changed.filter((name) => CONFIGURATION.has(name));
    if (configured.length > 0) {
      const input = configured.map((name) => [
        name === "KmsKeyArn" ? "KMSKeyArn" : name,
        given[name] ?? CONFIGURATION.get(name),
      ]);
      const update = { FunctionName, ...Object.fromEntries(input) };
      await api.call("lambda", "UpdateFunctionConfiguration", update);
      await whenUpdated(api, FunctionName);
    }
    if (
      previous.ReservedConcurrentExecutions !== undefined &&
      ReservedConcurrentExecutions === undefined
    ) {
      await api.call("lambda", "DeleteFunctionConcurrency", { FunctionName });
    }
    const { added, removed } = tagChanges(previous.Tags, Tags);
    const Resource = attributes.Arn;
    if (removed.length > 0) {
      await api.call("lambda", "UntagResource", { Resource, TagKeys: removed });
    }
    if (Object.keys(added).length > 0) {
      await api.call("lambda", "TagResource", { Resource, Tags: added });
    }
    return undefined;
  },

  async stabilize({ values }, { api, created: { physicalId: FunctionName } }) {
    const probe = async () => {
      const { Configuration } = await api.call<GetFunctionResponse>("lambda", "GetFunction", {
        FunctionName,
      });
      if (Configuration?.State === "Failed") {
        throw new Error(Configuration.StateReason ?? "the function failed");
      }
      return Configuration?.State === "Active" || undefined;
    };
    await waitFor(api, { what: `the function ${FunctionName} to be Active`, probe });
    const { ReservedConcurrentExecutions } = values;
    if (ReservedConcurrentExecutions !== undefined) {
      const input = { FunctionName, ReservedConcurrentExecutions };
      await api.call("lambda", "PutFunctionConcurrency", input);
    }
  },

  async delete({ physicalId: FunctionName }, api) {
    await deleteIfPresent(api.call("lambda", "DeleteFunction", { FunctionName }));
  },
});

/** Another update is refused while one is under way. */
async function whenUpdated(api: AwsApi, FunctionName: string): Promise<void> {
  const probe = async () => {
    const { Configuration } = await api.call<GetFunctionResponse>("lambda", "GetFunction", {
      FunctionName,
    });
    if (Configuration?.LastUpdateStatus === "Failed") {
      throw new Error(Configuration.LastUpdateStatusReason ?? "the update failed");
    }
    return Configuration?.LastUpdateStatus === "InProgress" ? undefined : true;
  };
  await waitFor(api, { what: `the update of the function ${FunctionName}`, probe });
}
