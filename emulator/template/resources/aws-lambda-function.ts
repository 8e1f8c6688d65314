import {
  type CreateFunctionRequest,
  CreateFunctionRequest$,
  type FunctionConfiguration,
  type GetFunctionResponse,
} from "@aws-sdk/client-lambda";
import { deleteIfPresent, waitFor } from "../api.ts";
import { checkCode, codeOf } from "../function-code.ts";
import { resourceType } from "../resource-type.ts";
import { anything, membersOf, number, tags, text } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html
interface Values extends Omit<CreateFunctionRequest, "Code" | "KMSKeyArn" | "Tags"> {
  readonly KmsKeyArn?: string;
  readonly ReservedConcurrentExecutions?: number;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

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
  check: checkCode,

  async create(resource, api) {
    const { KmsKeyArn, Tags, ReservedConcurrentExecutions: _, ...rest } = resource.values;
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
