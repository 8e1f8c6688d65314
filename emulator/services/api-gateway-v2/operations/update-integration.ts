import {
  UpdateIntegration$,
  type UpdateIntegrationRequest,
  type UpdateIntegrationResult,
} from "@aws-sdk/client-apigatewayv2";
import { operation } from "../../../core/service.ts";
import { describeIntegration } from "../describing.ts";
import type { ApiGatewayV2Engine } from "../engine.ts";
import { notEmulated } from "../errors.ts";
import { payloadFormatVersion as format, integrationTimeoutMs } from "../limits.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html
export const UpdateIntegration = operation<
  ApiGatewayV2Engine,
  UpdateIntegrationRequest,
  UpdateIntegrationResult
>({
  schema: UpdateIntegration$,
  limits: { TimeoutInMillis: integrationTimeoutMs, PayloadFormatVersion: format },
  handle(gateway, input, call) {
    refuseUnemulated(input);
    const { ApiId, IntegrationId: id, IntegrationType = "AWS_PROXY" } = input;
    if (IntegrationType !== "AWS_PROXY") throw notEmulated(`IntegrationType ${IntegrationType}`);
    const {
      IntegrationUri: uri,
      PayloadFormatVersion: version,
      TimeoutInMillis: timeoutMs,
    } = input;
    const payloadFormatVersion = version === "1.0" ? version : version ? "2.0" : undefined;
    const change = { id, uri, payloadFormatVersion, timeoutMs } as const;
    return describeIntegration(gateway.updateIntegration(gateway.api(ApiId, call), change));
  },
  summarize: ({ IntegrationId }) => IntegrationId,
});
