import { randomUUID } from "node:crypto";
import type { AliasConfiguration, AliasRoutingConfiguration } from "@aws-sdk/client-lambda";
import {
  aliasNotFound,
  functionNotFound,
  latestNotShared,
  revisionDiffers,
  tooManyWeights,
  versionSharedWithItself,
  weightOutOfRange,
} from "./errors.ts";
import type { Alias } from "./model/alias.ts";
import { LATEST, type LambdaFunction } from "./model/function.ts";

// https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html

/** What a request says of an alias. */
interface AliasMembers {
  readonly FunctionVersion?: string | undefined;
  readonly Description?: string | undefined;
  readonly RoutingConfig?: AliasRoutingConfiguration | undefined;
}

/** An alias with what a request changes; members that it does not name stay. */
export function aliasOf(
  fn: LambdaFunction,
  input: AliasMembers,
  { name, before }: { name: string; before?: Alias },
): Alias {
  const version = input.FunctionVersion ?? before?.version ?? LATEST;
  assertVersion(fn, version);
  const shared = input.RoutingConfig ? sharedOf(fn, input.RoutingConfig, version) : before?.shared;
  if (shared?.version === version) throw versionSharedWithItself(version);
  if (shared && version === LATEST) throw latestNotShared();
  const description = input.Description ?? before?.description ?? "";
  return { name, version, description, shared, revisionId: randomUUID() };
}

/** The alias of a name, if its revision is the one that the caller expects. */
export function findAlias(fn: LambdaFunction, name: string, revisionId?: string): Alias {
  const alias = fn.family.aliases.get(name);
  if (!alias) throw aliasNotFound(`${fn.arn}:${name}`);
  if (revisionId !== undefined && revisionId !== alias.revisionId) throw revisionDiffers();
  return alias;
}

/** An alias in the shape of AWS's answers. */
export function describeAlias(
  { arn }: LambdaFunction,
  { name, version, description, shared, revisionId }: Alias,
): AliasConfiguration {
  return {
    AliasArn: `${arn}:${name}`,
    Name: name,
    FunctionVersion: version,
    Description: description,
    ...(shared && {
      RoutingConfig: { AdditionalVersionWeights: { [shared.version]: shared.weight } },
    }),
    RevisionId: revisionId,
  };
}

function sharedOf(
  fn: LambdaFunction,
  { AdditionalVersionWeights = {} }: AliasRoutingConfiguration,
  first: string,
): Alias["shared"] {
  const [entry, ...more] = Object.entries(AdditionalVersionWeights ?? {});
  if (more.length > 0) throw tooManyWeights();
  if (!entry) return undefined;
  const [version, weight] = entry;
  if (!(weight >= 0 && weight <= 1)) throw weightOutOfRange(version, weight);
  if (version === LATEST || first === LATEST) throw latestNotShared();
  assertVersion(fn, version);
  return { version, weight };
}

function assertVersion({ arn, family }: LambdaFunction, version: string): void {
  if (version === LATEST || family.versions.has(version)) return;
  throw functionNotFound(`${arn}:${version}`);
}
