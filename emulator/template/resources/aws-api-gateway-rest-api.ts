import type { CreateRestApiRequest, RestApi } from "@aws-sdk/client-api-gateway";
import { deleteIfPresent } from "../api.ts";
import { stableApiId } from "../names.ts";
import { resourceType } from "../resource-type.ts";
import { anything, text } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-restapi.html
interface Values {
  readonly Name?: string;
  readonly Description?: string;
  readonly BinaryMediaTypes?: string[];
  /** An OpenAPI document. */
  readonly Body?: object;
}

export const apiGatewayRestApi = resourceType<Values>({
  type: "AWS::ApiGateway::RestApi",
  honoured: {
    Name: text,
    Description: text,
    BinaryMediaTypes: { is: "list", of: () => text },
    Body: anything,
  },
  kept: ["EndpointConfiguration", "FailOnWarnings", "Tags"],
  notEmulated: [
    "ApiKeySourceType",
    "BodyS3Location",
    "CloneFrom",
    "DisableExecuteApiEndpoint",
    "MinimumCompressionSize",
    "Mode",
    "Parameters",
    "Policy",
  ],
  attributes: ["RestApiId", "RootResourceId"],

  async create(resource, api) {
    const { Name, Description, BinaryMediaTypes } = resource.values;
    const name = Name ?? resource.logicalId;
    const input: CreateRestApiRequest = { name, tags: stableApiId(resource.generatedName(128)) };
    if (Description !== undefined) input.description = Description;
    if (BinaryMediaTypes) input.binaryMediaTypes = BinaryMediaTypes;
    const { id = "", rootResourceId = "" } = await api.call<RestApi>(
      "api-gateway",
      "CreateRestApi",
      input,
    );
    return { physicalId: id, attributes: { RestApiId: id, RootResourceId: rootResourceId } };
  },

  // A new Body is put by `stabilize`.
  async update({ values, logicalId }, { api, created: { physicalId: restApiId }, changed }) {
    const patch = (path: string, value: string) => ({ op: "replace", path, value });
    const patchOperations = [
      ...(changed.includes("Name") ? [patch("/name", values.Name ?? logicalId)] : []),
      ...(changed.includes("Description") ? [patch("/description", values.Description ?? "")] : []),
    ];
    if (changed.includes("BinaryMediaTypes") && !values.Body) {
      throw new Error("BinaryMediaTypes of an API without a Body cannot be changed in place");
    }
    if (patchOperations.length > 0) {
      await api.call("api-gateway", "UpdateRestApi", { restApiId, patchOperations });
    }
    return undefined;
  },

  async stabilize({ values }, { api, created: { physicalId: restApiId } }) {
    if (!values.Body) return;
    const body = Buffer.from(JSON.stringify(values.Body));
    await api.call("api-gateway", "PutRestApi", { restApiId, mode: "overwrite", body });
  },

  async delete({ physicalId: restApiId }, api) {
    await deleteIfPresent(api.call("api-gateway", "DeleteRestApi", { restApiId }));
  },
});
