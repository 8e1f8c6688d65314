import {
  type FunctionConfiguration,
  type PublishVersionRequest,
  PublishVersionRequest$,
} from "@aws-sdk/client-lambda";
import { deleteIfPresent } from "../api.ts";
import { codeFingerprint } from "../function-code.ts";
import { member } from "../node.ts";
import { resourceType } from "../resource-type.ts";
import { membersOf } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-version.html
export const lambdaVersion = resourceType<PublishVersionRequest>({
  type: "AWS::Lambda::Version",
  honoured: membersOf(PublishVersionRequest$, ["FunctionName", "Description", "CodeSha256"]),
  required: ["FunctionName"],
  kept: ["RuntimePolicy"],
  notEmulated: ["FunctionScalingConfig", "ProvisionedConcurrencyConfig"],
  attributes: ["FunctionArn", "Version"],
  // SAM's, that is to be published whenever the code is another.
  fingerprint: ({ metadata, folder }) => {
    const code = member(metadata, "SamCode");
    return code ? codeFingerprint(code, folder) : "";
  },

  async create({ values }, api) {
    const { FunctionArn = "", Version = "" } = await api.call<FunctionConfiguration>(
      "lambda",
      "PublishVersion",
      values,
    );
    return { physicalId: FunctionArn, attributes: { FunctionArn, Version } };
  },

  async delete({ physicalId: FunctionName }, api) {
    await deleteIfPresent(api.call("lambda", "DeleteFunction", { FunctionName }));
  },
});
