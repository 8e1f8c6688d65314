import {
  type CreateRouteRequest,
  CreateRouteRequest$,
  type CreateRouteResult,
} from "@aws-sdk/client-apigatewayv2";
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

  async create({ values }, api) {
    const { RouteId = "" } = await api.call<CreateRouteResult>(
      "api-gateway-v2",
      "CreateRoute",
      values,
    );
    return { physicalId: RouteId, attributes: { RouteId } };
  },

  // It goes with its API.
  async delete() {},
});
