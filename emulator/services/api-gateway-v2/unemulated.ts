import { isFilled } from "../../core/is-filled.ts";
import { notEmulated } from "./errors.ts";

/** Members whose mere presence would change what an API does, and that no code here acts on. */
const UNEMULATED = [
  "ApiKeyRequired",
  "ApiKeySelectionExpression",
  "AuthorizationScopes",
  "AuthorizerId",
  "ConnectionId",
  "CredentialsArn",
  "DefaultRouteSettings",
  "DisableExecuteApiEndpoint",
  "IntegrationSubtype",
  "RequestParameters",
  "RequestTemplates",
  "ResponseParameters",
  "RouteSettings",
  "TlsConfig",
];

/** Refuses by name what would otherwise be silently ignored; what is off or empty asks for nothing. */
export function refuseUnemulated(input: object): void {
  const given = input as Readonly<Record<string, unknown>>;
  const refused = UNEMULATED.find((name) => isFilled(given[name]));
  if (refused) throw notEmulated(refused);
  const { AuthorizationType = "NONE" } = given;
  if (AuthorizationType !== "NONE") throw notEmulated(`AuthorizationType ${AuthorizationType}`);
}
