import { arn } from "../../../core/arn.ts";
import type { Scope } from "../../../core/service.ts";

/** A function as a caller may name it: by name, partial ARN or ARN, with or without a qualifier. */
export interface FunctionReference {
  readonly name: string;
  /** `$LATEST`, a version's number or an alias; absent when the caller gave none. */
  readonly qualifier: string | undefined;
  readonly accountId: string | undefined;
  readonly region: string | undefined;
}

const REFERENCE =
  /^(?:arn:aws[a-zA-Z-]*:lambda:)?(?:((?:eusc-)?[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d):)?(?:(\d{12}):)?(?:function:)?([a-zA-Z0-9_.-]+)(?::(\$LATEST(?:\.PUBLISHED)?|[a-zA-Z0-9_-]+))?$/;

/** Reads any of the ways to name a function; `undefined` for text that names none. */
export function parseFunctionReference(text: string): FunctionReference | undefined {
  const match = REFERENCE.exec(text);
  if (!match) return undefined;
  const [, region, accountId, name = "", qualifier] = match;
  return { name, qualifier, accountId, region };
}

/** `arn:aws:lambda:us-east-1:000000000000:function:score`, with the qualifier if there is one. */
export function functionArn(scope: Scope, name: string, qualifier?: string): string {
  const resource = qualifier === undefined ? `function:${name}` : `function:${name}:${qualifier}`;
  return arn("lambda", scope, resource);
}
