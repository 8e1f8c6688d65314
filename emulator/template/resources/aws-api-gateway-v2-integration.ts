import {
  type CreateIntegrationRequest,
  CreateIntegrationRequest$,
  type CreateIntegrationResult,
} from "@aws-sdk/client-apigatewayv2";
import { deleteIfPresent } from "../api.ts";
import { resourceType } from "../resource-type.ts";
import { membersOf } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-integration.html
/** What an integration has without being told: an update keeps what it is not given. */
const DEFAULT_TIMEOUT_MS = 30_000;

export const apiGatewayV2Integration = resourceType<CreateIntegrationRequest>({
  type: "AWS::ApiGatewayV2::Integration",
  honoured: membersOf(CreateIntegrationRequest$, [
    "ApiId",
    "IntegrationType",
    "IntegrationUri",
    "PayloadFormatVersion",
    "TimeoutInMillis",
  ]),
  required: ["ApiId", "IntegrationType"],
  kept: ["IntegrationMethod", "Description"],
  notEmulated: [
    "ConnectionId",
    "ConnectionType",
    "ContentHandlingStrategy",
    "CredentialsArn",
    "IntegrationSubtype",
    "PassthroughBehavior",
    "RequestParameters",
    "RequestTemplates",
    "ResponseParameters",
    "TemplateSelectionExpression",
    "TlsConfig",
  ],
  attributes: ["IntegrationId"],
  replacedBy: ["ApiId"],

  async create({ values }, api) {
    const { IntegrationId = "" } = await api.call<CreateIntegrationResult>(
      "api-gateway-v2",
      "CreateIntegration",
      values,
    );
    // What its deletion needs.
    const attributes = { IntegrationId, ApiId: values.ApiId ?? "" };
    return { physicalId: IntegrationId, attributes };
  },

  async update({ values }, { api, created: { physicalId: IntegrationId } }) {
    await api.call("api-gateway-v2", "UpdateIntegration", {
      TimeoutInMillis: DEFAULT_TIMEOUT_MS,
      ...values,
      IntegrationId,
    });
    return undefined;
  },

  async delete({ attributes: { ApiId }, physicalId: IntegrationId }, api) {
    await deleteIfPresent(
      api.call("api-gateway-v2", "DeleteIntegration", { ApiId, IntegrationId }),
    );
  },
});
