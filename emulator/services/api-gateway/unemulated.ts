import { isFilled } from "../../core/is-filled.ts";
import { notEmulated } from "./errors.ts";

/** Members whose mere presence would change what an API does, and that no code here acts on. */
const UNEMULATED = [
  "apiKeyRequired",
  "authorizerId",
  "cacheClusterEnabled",
  "cacheClusterSize",
  "canarySettings",
  "cloneFrom",
  "connectionId",
  "contentHandling",
  "integrationTarget",
  "minimumCompressionSize",
  "policy",
  "requestModels",
  "requestParameters",
  "requestValidatorId",
  "responseTransferMode",
  "tlsConfig",
];

/** Refuses by name what would otherwise be silently ignored; what is off or empty asks for nothing. */
export function refuseUnemulated(
  input: object,
  { except = [] }: { except?: readonly string[] } = {},
): void {
  const given = input as Readonly<Record<string, unknown>>;
  const refused = UNEMULATED.find((name) => !except.includes(name) && isFilled(given[name]));
  if (refused) throw notEmulated(refused);
  const { authorizationType } = given;
  if (authorizationType !== undefined && authorizationType !== "NONE") {
    throw notEmulated(`authorizationType ${authorizationType}`);
  }
}
