import type { Scope } from "../../../core/service.ts";
import type { CodePackage } from "../code/code-package.ts";
import type { Variables } from "./environment-variables.ts";
import { FunctionFamily } from "./family.ts";
import { functionArn } from "./function-reference.ts";

/** A function's configuration, as far as it changes what the tank does or is shown again. */
export interface FunctionSettings {
  /** "nodejs22.x" or "python3.13": which language, and what AWS_EXECUTION_ENV says. */
  readonly runtime: string;
  readonly handler: string;
  readonly role: string;
  readonly description: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** Of /tmp; kept, not enforced. */
  readonly ephemeralStorageMb: number;
  readonly architecture: string;
  readonly variables: Variables | undefined;
  readonly logGroup: string;
  readonly tracingMode: string;
  readonly kmsKeyArn: string | undefined;
  /** The queue that events go to which the function has not run. */
  readonly deadLetterArn: string | undefined;
}

export type FunctionState = "Pending" | "Active";
export type UpdateStatus = "Successful" | "InProgress";

export const LATEST = "$LATEST";

/**
 * One version of a function, `$LATEST` or a published one: its configuration, its code, and where it is in
 * its life.
 */
export class LambdaFunction {
  readonly scope: Scope;
  readonly name: string;
  /** The function's, without a qualifier. */
  readonly arn: string;
  /** `$LATEST` or a number. */
  readonly version: string;
  readonly family: FunctionFamily;
  settings: FunctionSettings;
  code: CodePackage;
  state: FunctionState = "Pending";
  /** Absent until the function was first active. */
  updateStatus: UpdateStatus | undefined;
  revisionId: string;
  /** Milliseconds since the epoch. */
  modifiedAt: number;

  constructor(created: {
    scope: Scope;
    name: string;
    tags: Readonly<Record<string, string>>;
    settings: FunctionSettings;
    code: CodePackage;
    revisionId: string;
    at: number;
    /** Of a published version: its number, and whose it is. */
    published?: { readonly version: string; readonly family: FunctionFamily };
  }) {
    this.scope = { accountId: created.scope.accountId, region: created.scope.region };
    this.name = created.name;
    this.arn = functionArn(created.scope, created.name);
    this.version = created.published?.version ?? LATEST;
    this.family = created.published?.family ?? new FunctionFamily(this, created.tags);
    this.settings = created.settings;
    this.code = created.code;
    this.revisionId = created.revisionId;
    this.modifiedAt = created.at;
  }
}
