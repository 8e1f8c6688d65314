import { createHash } from "node:crypto";
import { arn } from "../core/arn.ts";
import type { Scope } from "../core/service.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const SUFFIX_LENGTH = 12;

interface Named {
  readonly stackName: string;
  readonly logicalId: string;
  /** How often an update has put another resource in its place. */
  readonly generation?: number;
}

/**
 * A name as CloudFormation makes it for a resource without one: `<stack>-<logical id>-<12 letters and
 * digits>`, cut to `maxLength` in its first two parts.
 */
// DIFFERS: the last part is derived from the first two, not random: a redeploy finds the same names.
export function physicalName(
  { stackName, logicalId, generation = 0 }: Named,
  maxLength: number,
): string {
  const seed = `${stackName}/${logicalId}`;
  const suffix = token(generation === 0 ? seed : `${seed}/${generation}`, SUFFIX_LENGTH);
  const room = maxLength - SUFFIX_LENGTH - 2;
  const logical = logicalId.slice(0, Math.max(Math.ceil(room / 2), room - stackName.length));
  const stack = stackName.slice(0, room - logical.length).replace(/-+$/, "");
  return `${stack}-${logical}-${suffix}`;
}

/** `length` upper-case letters and digits that depend on nothing but `seed`. */
export function token(seed: string, length: number): string {
  const digest = createHash("sha256").update(seed).digest();
  return Array.from({ length }, (_, i) => ALPHABET[(digest[i] ?? 0) % ALPHABET.length]).join("");
}

/** What AWS::StackId gives. */
export function stackId(stackName: string, scope: Scope): string {
  const hex = createHash("sha256")
    .update(`${scope.accountId}/${scope.region}/${stackName}`)
    .digest("hex");
  const uuid = [8, 12, 16, 20, 32]
    .map((end, i, ends) => hex.slice(ends[i - 1] ?? 0, end))
    .join("-");
  return arn("cloudformation", scope, `stack/${stackName}/${uuid}`);
}

/** The tag that gives an API its id, here and in LocalStack: a redeploy finds the same address. */
export function stableApiId(name: string): Record<string, string> {
  return { _custom_id_: token(name, 10).toLowerCase() };
}
