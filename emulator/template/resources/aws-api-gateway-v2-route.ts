import {
  type CreateRouteRequest,
  CreateRouteRequest$,
  type CreateRouteResult,
} from "@aws-sdk/client-apigatewayv2";
import { deleteIfPresent } from "../api.ts";
import { resourceType } from "../resource-type.ts";
import { membersOf } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-route.html
export const apiGatewayV2Route = resourceType<CreateRouteRequest>({
  type: "AWS::ApiGatewayV2::Route",
  honoured: membersOf(CreateRouteRequest$, ["ApiId", "RouteKey", "Target", "AuthorizationType"]),
  required: ["ApiId", "RouteKey"],
  kept: ["OperationName"],
  notEmulated: [
    "ApiKeyRequired",
    "AuthorizationScopes",
    "AuthorizerId",
    "ModelSelectionExpression",
    "RequestModels",
    "RequestParameters",
    "RouteResponseSelectionExpression",
  ],
  attributes: ["RouteId"],
  replacedBy: ["ApiId"],

  async create({ values }, api) {
    const { RouteId = "" } = await api.call<CreateRouteResult>(
      "api-gateway-v2",
      "CreateRoute",
      values,
    );
    // What its deletion needs.
    const attributes = { RouteId, ApiId: values.ApiId ?? "" };
    return { physicalId: RouteId, attributes };
  },

  async update({ values }, { api, created: { physicalId: RouteId } }) {
    await api.call("api-gateway-v2", "UpdateRoute", { ...values, RouteId });
    return undefined;
  },

  async delete({ attributes: { ApiId }, physicalId: RouteId }, api) {
    await deleteIfPresent(api.call("api-gateway-v2", "DeleteRoute", { ApiId, RouteId }));
  },
});
