import {
  type FunctionEventInvokeConfig,
  type PutFunctionEventInvokeConfigRequest,
  PutFunctionEventInvokeConfigRequest$,
} from "@aws-sdk/client-lambda";
import { deleteIfPresent } from "../api.ts";
import { resourceType } from "../resource-type.ts";
import { membersOf } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventinvokeconfig.html
export const lambdaEventInvokeConfig = resourceType<PutFunctionEventInvokeConfigRequest>({
  type: "AWS::Lambda::EventInvokeConfig",
  honoured: membersOf(PutFunctionEventInvokeConfigRequest$, [
    "FunctionName",
    "Qualifier",
    "MaximumRetryAttempts",
    "MaximumEventAgeInSeconds",
    "DestinationConfig",
  ]),
  required: ["FunctionName", "Qualifier"],
  kept: [],
  notEmulated: [],
  attributes: [],
  replacedBy: ["FunctionName", "Qualifier"],

  async create({ values }, api) {
    const { FunctionArn = "" } = await api.call<FunctionEventInvokeConfig>(
      "lambda",
      "PutFunctionEventInvokeConfig",
      values,
    );
    return { physicalId: FunctionArn, attributes: {} };
  },

  async update({ values }, { api }) {
    await api.call("lambda", "PutFunctionEventInvokeConfig", values);
    return undefined;
  },

  async delete({ physicalId: FunctionName }, api) {
    const input = { FunctionName };
    await deleteIfPresent(api.call("lambda", "DeleteFunctionEventInvokeConfig", input));
  },
});
