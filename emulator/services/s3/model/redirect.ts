// https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html

/** Where a website sends its visitors on to. */
export interface Redirect {
  readonly status: number;
  /** The website's own host when absent. */
  readonly hostName: string | undefined;
  readonly protocol: string | undefined;
  /** What the whole key becomes; it stays when absent. */
  readonly key?: string | undefined;
  /** What the part of the key that the rule names becomes. */
  readonly keyPrefix?: string | undefined;
}

export interface RoutingRule {
  readonly redirect: Redirect;
  /** The keys that it is for: those that begin so. */
  readonly prefix: string | undefined;
  /** For what has failed with this status; for every request when absent. */
  readonly errorStatus: number | undefined;
}

/** The first rule for a key, before it is looked for or once that has failed. */
export function ruleFor(
  rules: readonly RoutingRule[],
  { key, errorStatus }: { key: string; errorStatus: number | undefined },
): RoutingRule | undefined {
  return rules.find(
    (rule) => rule.errorStatus === errorStatus && key.startsWith(rule.prefix ?? ""),
  );
}

/** The key that a rule sends the visitor of another to. */
export function redirectedKey({ redirect, prefix = "" }: RoutingRule, key: string): string {
  if (redirect.key !== undefined) return redirect.key;
  return redirect.keyPrefix === undefined ? key : redirect.keyPrefix + key.slice(prefix.length);
}

/** A `Location` of a key, at another host or within the website. */
export function locationOf(
  { hostName, protocol }: Pick<Redirect, "hostName" | "protocol">,
  { key, root, authority, search }: Visited,
): string {
  // With one slash at most in front: two would name another host.
  const path = `/${key.split("/").map(encodeURIComponent).join("/").replace(/^\/+/, "")}${search}`;
  if (hostName !== undefined) return `${protocol ?? "http"}://${hostName}${path}`;
  return protocol === undefined ? root + path : `${protocol}://${authority}${root}${path}`;
}

export interface Visited {
  readonly key: string;
  /** What stands before the key in the website's paths. */
  readonly root: string;
  /** The host and port that were asked. */
  readonly authority: string;
  /** The query with its question mark, or nothing. */
  readonly search: string;
}
