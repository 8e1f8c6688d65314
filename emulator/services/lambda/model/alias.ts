// https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html

/** A name for a version, or for two that share the invocations. */
export interface Alias {
  readonly name: string;
  /** A version's number or `$LATEST`. */
  readonly version: string;
  readonly description: string;
  /** The other version and its share of the invocations, from 0 to 1. */
  readonly shared: { readonly version: string; readonly weight: number } | undefined;
  readonly revisionId: string;
}

/** The version that an invocation of the alias runs. */
export function routed({ version, shared }: Alias, chance: () => number): string {
  return shared && chance() < shared.weight ? shared.version : version;
}
