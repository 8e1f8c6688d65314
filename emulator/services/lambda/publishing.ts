import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { freeze } from "./code/freezing.ts";
import type { ScratchFolder } from "./code/scratch-folder.ts";
import { codeDiffers, versionInUse } from "./errors.ts";
import type { Functions } from "./functions.ts";
import { LambdaFunction } from "./model/function.ts";

/** What a caller says of the version to publish. */
export interface PublishRequest {
  readonly description?: string | undefined;
  /** Preconditions: what the caller believes `$LATEST` to be. */
  readonly codeSha256?: string | undefined;
  readonly revisionId?: string | undefined;
}

/**
 * Publishes `$LATEST` as it is now. Nothing is published while it is the same as the version before.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
 */
export async function publish(
  fn: LambdaFunction,
  {
    request,
    functions,
    scratch,
    now,
  }: { request: PublishRequest; functions: Functions; scratch: ScratchFolder; now: () => number },
): Promise<LambdaFunction> {
  const { description, codeSha256, revisionId } = request;
  if (revisionId !== undefined) functions.assertRevision(fn, revisionId);
  if (codeSha256 !== undefined && codeSha256 !== fn.code.sha256)
    throw codeDiffers(codeSha256, fn.code.sha256);
  const { settings, family } = fn;
  const code = await freeze(fn.code, { settings, scratch });
  const last = [...family.versions.values()].at(-1);
  const isSame =
    last?.code.sha256 === code.sha256 &&
    isDeepStrictEqual({ ...last.settings, description: "" }, { ...settings, description: "" });
  if (last && isSame) return last;
  family.lastNumber += 1;
  const version = new LambdaFunction({
    scope: fn.scope,
    name: fn.name,
    tags: {},
    settings: { ...settings, description: description ?? settings.description },
    code,
    revisionId: randomUUID(),
    at: now(),
    published: { version: String(family.lastNumber), family },
  });
  version.state = fn.state;
  version.updateStatus = fn.state === "Active" ? "Successful" : undefined;
  family.versions.set(version.version, version);
  return version;
}

/** Throws for a version that an alias stands for. */
export function assertNoAlias(version: LambdaFunction): void {
  const { aliases } = version.family;
  const pointing = [...aliases.values()].filter(
    (alias) => alias.version === version.version || alias.shared?.version === version.version,
  );
  if (pointing.length > 0) {
    const names = pointing.map(({ name }) => name);
    throw versionInUse(`${version.arn}:${version.version}`, names);
  }
}
