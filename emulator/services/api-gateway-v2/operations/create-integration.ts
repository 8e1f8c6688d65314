import {
  CreateIntegration$,
  type CreateIntegrationRequest,
  type CreateIntegrationResult,
} from "@aws-sdk/client-apigatewayv2";
import { operation } from "../../../core/service.ts";
import { describeIntegration } from "../describing.ts";
import type { ApiGatewayV2Engine } from "../engine.ts";
import { formatMissing, notEmulated } from "../errors.ts";
import { payloadFormatVersion as format, integrationTimeoutMs } from "../limits.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html
export const CreateIntegration = operation<
  ApiGatewayV2Engine,
  CreateIntegrationRequest,
  CreateIntegrationResult
>({
  schema: CreateIntegration$,
  limits: { TimeoutInMillis: integrationTimeoutMs, PayloadFormatVersion: format },
  handle(gateway, input, call) {
    refuseUnemulated(input);
    const { ApiId, IntegrationType, IntegrationUri: uri = "", TimeoutInMillis: timeoutMs } = input;
    const api = gateway.api(ApiId, call);
    if (IntegrationType !== "AWS_PROXY") throw notEmulated(`IntegrationType ${IntegrationType}`);
    const { PayloadFormatVersion } = input;
    if (PayloadFormatVersion === undefined) throw formatMissing();
    const payloadFormatVersion = PayloadFormatVersion === "1.0" ? "1.0" : "2.0";
    return describeIntegration(
      gateway.addIntegration(api, { uri, payloadFormatVersion, timeoutMs }),
    );
  },
});
