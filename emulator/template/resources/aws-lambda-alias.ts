import {
  type AliasConfiguration,
  type CreateAliasRequest,
  CreateAliasRequest$,
} from "@aws-sdk/client-lambda";
import { deleteIfPresent } from "../api.ts";
import { resourceType } from "../resource-type.ts";
import { membersOf, number, structure, text } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-alias.html
interface Values extends Omit<CreateAliasRequest, "RoutingConfig"> {
  readonly RoutingConfig?: {
    readonly AdditionalVersionWeights?: readonly {
      readonly FunctionVersion: string;
      readonly FunctionWeight: number;
    }[];
  };
}

const weight = structure({ FunctionVersion: text, FunctionWeight: number }, [
  "FunctionVersion",
  "FunctionWeight",
]);

export const lambdaAlias = resourceType<Values>({
  type: "AWS::Lambda::Alias",
  honoured: {
    ...membersOf(CreateAliasRequest$, ["Name", "FunctionName", "FunctionVersion", "Description"]),
    RoutingConfig: structure({ AdditionalVersionWeights: { is: "list", of: () => weight } }),
  },
  required: ["Name", "FunctionName", "FunctionVersion"],
  kept: [],
  notEmulated: ["ProvisionedConcurrencyConfig"],
  attributes: ["AliasArn"],
  namedBy: "Name",
  replacedBy: ["Name", "FunctionName"],

  async create({ values: { RoutingConfig, ...rest } }, api) {
    const AdditionalVersionWeights = weightsOf(RoutingConfig);
    const input: CreateAliasRequest = {
      ...rest,
      ...(RoutingConfig && { RoutingConfig: { AdditionalVersionWeights } }),
    };
    const { AliasArn = "" } = await api.call<AliasConfiguration>("lambda", "CreateAlias", input);
    return { physicalId: AliasArn, attributes: { AliasArn } };
  },

  async update({ values: { RoutingConfig, Description = "", ...rest } }, { api }) {
    const AdditionalVersionWeights = weightsOf(RoutingConfig);
    const input = { ...rest, Description, RoutingConfig: { AdditionalVersionWeights } };
    await api.call("lambda", "UpdateAlias", input);
    return undefined;
  },

  async delete({ physicalId }, api) {
    // The ARN is the function's and, behind the last colon, the alias's name.
    const colon = physicalId.lastIndexOf(":");
    const input = { FunctionName: physicalId.slice(0, colon), Name: physicalId.slice(colon + 1) };
    await deleteIfPresent(api.call("lambda", "DeleteAlias", input));
  },
});

/** A list in a template, a map for the API. */
function weightsOf(routing: Values["RoutingConfig"]): Record<string, number> {
  const weights = routing?.AdditionalVersionWeights ?? [];
  return Object.fromEntries(
    weights.map(({ FunctionVersion, FunctionWeight }) => [FunctionVersion, FunctionWeight]),
  );
}
