import {
  type CreateApiRequest,
  CreateApiRequest$,
  type CreateApiResponse,
} from "@aws-sdk/client-apigatewayv2";
import { deleteIfPresent } from "../api.ts";
import { stableApiId } from "../names.ts";
import { resourceType } from "../resource-type.ts";
import { membersOf } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-api.html
type Values = Partial<CreateApiRequest>;

export const apiGatewayV2Api = resourceType<Values>({
  type: "AWS::ApiGatewayV2::Api",
  honoured: membersOf(CreateApiRequest$, [
    "Name",
    "Description",
    "ProtocolType",
    "CorsConfiguration",
    "RouteKey",
    "Target",
  ]),
  kept: ["FailOnWarnings", "IpAddressType", "Tags", "Version"],
  notEmulated: [
    "ApiKeySelectionExpression",
    "BasePath",
    "Body",
    "BodyS3Location",
    "CredentialsArn",
    "DisableExecuteApiEndpoint",
    "DisableSchemaValidation",
    "RouteSelectionExpression",
  ],
  attributes: ["ApiEndpoint", "ApiId"],
  replacedBy: ["ProtocolType"],

  async create({ values, logicalId, generatedName }, api) {
    const { ApiId = "", ApiEndpoint = "" } = await api.call<CreateApiResponse>(
      "api-gateway-v2",
      "CreateApi",
      { ...values, Name: values.Name ?? logicalId, Tags: stableApiId(generatedName(128)) },
    );
    return { physicalId: ApiId, attributes: { ApiId, ApiEndpoint } };
  },

  async update({ values, logicalId }, { api, created: { physicalId: ApiId } }) {
    const { ProtocolType: _, Description = "", ...rest } = values;
    const input = { ...rest, ApiId, Name: values.Name ?? logicalId, Description };
    await api.call("api-gateway-v2", "UpdateApi", input);
    return undefined;
  },

  async delete({ physicalId: ApiId }, api) {
    await deleteIfPresent(api.call("api-gateway-v2", "DeleteApi", { ApiId }));
  },
});
