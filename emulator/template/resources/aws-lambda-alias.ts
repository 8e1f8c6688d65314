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

  async create({ values: { RoutingConfig, ...rest } }, api) {
    const weights = RoutingConfig?.AdditionalVersionWeights ?? [];
    const AdditionalVersionWeights = Object.fromEntries(
      weights.map(({ FunctionVersion, FunctionWeight }) => [FunctionVersion, FunctionWeight]),
    );
    const input: CreateAliasRequest = {
      ...rest,
      ...(weights.length > 0 && { RoutingConfig: { AdditionalVersionWeights } }),
    };
    const { AliasArn = "" } = await api.call<AliasConfiguration>("lambda", "CreateAlias", input);
    return { physicalId: AliasArn, attributes: { AliasArn } };
  },

  async delete({ physicalId }, api) {
    // The ARN is the function's and, behind the last colon, the alias's name.
    const colon = physicalId.lastIndexOf(":");
    const input = { FunctionName: physicalId.slice(0, colon), Name: physicalId.slice(colon + 1) };
    await deleteIfPresent(api.call("lambda", "DeleteAlias", input));
  },
});
