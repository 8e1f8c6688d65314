import {
  type CreateFunctionUrlConfigRequest,
  CreateFunctionUrlConfigRequest$,
  type CreateFunctionUrlConfigResponse,
} from "@aws-sdk/client-lambda";
import { deleteIfPresent } from "../api.ts";
import { resourceType } from "../resource-type.ts";
import { membersOf, text } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-url.html
interface Values extends Pick<CreateFunctionUrlConfigRequest, "AuthType" | "Cors" | "InvokeMode"> {
  readonly TargetFunctionArn: string;
  readonly Qualifier?: string;
}

export const lambdaUrl = resourceType<Values>({
  type: "AWS::Lambda::Url",
  honoured: {
    ...membersOf(CreateFunctionUrlConfigRequest$, ["AuthType", "Cors", "InvokeMode", "Qualifier"]),
    TargetFunctionArn: text,
  },
  required: ["AuthType", "TargetFunctionArn"],
  kept: [],
  notEmulated: [],
  attributes: ["FunctionArn", "FunctionUrl"],
  replacedBy: ["TargetFunctionArn", "Qualifier"],

  async create({ values: { TargetFunctionArn, ...config } }, api) {
    const input = { ...config, FunctionName: TargetFunctionArn };
    const { FunctionArn = "", FunctionUrl = "" } = await api.call<CreateFunctionUrlConfigResponse>(
      "lambda",
      "CreateFunctionUrlConfig",
      input,
    );
    return { physicalId: FunctionArn, attributes: { FunctionArn, FunctionUrl } };
  },

  async update({ values: { TargetFunctionArn, ...config } }, { api }) {
    const input = { InvokeMode: "BUFFERED", Cors: {}, ...config, FunctionName: TargetFunctionArn };
    await api.call("lambda", "UpdateFunctionUrlConfig", input);
    return undefined;
  },

  async delete({ physicalId: FunctionName }, api) {
    await deleteIfPresent(api.call("lambda", "DeleteFunctionUrlConfig", { FunctionName }));
  },
});
