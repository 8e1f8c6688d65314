import type { AwsApi } from "./api.ts";
import type { Created } from "./intrinsics.ts";
import type { Dict, Node, Position, Scalar } from "./node.ts";
import type { Report } from "./problem.ts";
import type { Shape } from "./shape.ts";

/** A resource as a template declares it, with all resolved that needs no other resource. */
export interface Declaration {
  readonly logicalId: string;
  readonly type: string;
  /** The logical id in the user's template: a resource that SAM adds belongs to its function. */
  readonly owner: string;
  readonly at: Position;
  readonly properties: Dict;
  readonly metadata: Node | undefined;
  readonly dependsOn: readonly Scalar[];
  readonly deletionPolicy: DeletionPolicy;
  /** What becomes of it once another takes its place. */
  readonly updateReplacePolicy?: "Delete" | "Retain";
  /** The template's folder, absolute. */
  readonly folder: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html */
export type DeletionPolicy = "Delete" | "Retain" | "RetainExceptOnCreate";

/** A resource about to be created: everything that it refers to exists. */
export interface Resource<Properties> extends Declaration {
  readonly values: Properties;
  /** The name that CloudFormation gives to a resource without one. */
  generatedName(maxLength: number): string;
}

/** Which properties a type has. */
export interface Properties {
  /** Passed on to the API. */
  readonly honoured: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  /** Accepted without effect: nothing on a laptop depends on them. */
  readonly kept: readonly string[];
  /** AWS has them, Wavetank has not: refused, since the resource would behave otherwise. */
  readonly notEmulated: readonly string[];
}

/** A resource that exists, and the API that made it. */
export interface Made {
  readonly api: AwsApi;
  readonly created: Created;
}

/** What an update in place starts from. */
export interface Before<Values> extends Made {
  /** The properties as they were. */
  readonly previous: Values;
  /** The names of those that differ now. */
  readonly changed: readonly string[];
}

/** A type of resource that a template may declare. */
export type ResourceType = ApiType | MacroType;

/** A type that the API creates. */
export interface ApiType extends Properties {
  readonly kind: "api";
  readonly type: string;
  /** The names that `Fn::GetAtt` knows. */
  readonly attributes: readonly string[];
  /** Whether `Metadata: { Wavetank: … }` means something to it. */
  readonly readsMetadata?: boolean;
  /** The property that names it: while the name stays, AWS cannot put another in its place. */
  readonly namedBy?: string;
  /** Properties whose change needs another resource: "Update requires: Replacement". */
  readonly replacedBy?: readonly string[];
  /** Looks at what only the type understands (files, metadata) before anything is created. */
  check?(declared: Declaration, report: Report): void;
  create(resource: Resource<Record<string, unknown>>, api: AwsApi): Promise<Created>;
  /**
   * Waits until the resource can be used, after its creation and after each update. What exists by then
   * is undone when this fails.
   */
  stabilize?(resource: Resource<Record<string, unknown>>, made: Made): Promise<void>;
  /** Tells contents that the properties only name, as files': other contents are a change too. */
  fingerprint?(declared: Declaration): string;
  /**
   * Changes it in place; resolves with what it is known by from now on, where that differs. A type that cannot is replaced by another whenever a property changes.
   */
  update?(
    resource: Resource<Record<string, unknown>>,
    before: Before<Record<string, unknown>>,
  ): Promise<Created | undefined>;
  /** Deletes it and waits until it is gone; no error when it is gone already. */
  delete(created: Created, api: AwsApi): Promise<void>;
}

/** A type that stands for other resources, as SAM's do. */
export interface MacroType extends Properties {
  readonly kind: "macro";
  readonly type: string;
  expand(declared: Declaration, report: Report): readonly Declaration[];
}

/** An {@link ApiType} whose steps see the type of its own properties. */
interface Typed<Values> extends Omit<ApiType, "kind" | "create" | "stabilize" | "update"> {
  create(resource: Resource<Values>, api: AwsApi): Promise<Created>;
  stabilize?(resource: Resource<Values>, made: Made): Promise<void>;
  update?(resource: Resource<Values>, before: Before<Values>): Promise<Created | undefined>;
}

/**
 * Declares a type that the API creates. `Values` is what its honoured properties read as: the caller
 * vouches that it agrees with `honoured`, mostly because both come from one shape of the SDK.
 */
export function resourceType<Values>(typed: Typed<Values>): ApiType {
  const { create, stabilize, update, ...data } = typed;
  return {
    ...data,
    kind: "api",
    create: (resource, api) => create(resource as Resource<Values>, api),
    ...(stabilize && {
      stabilize: (resource, made) => stabilize(resource as Resource<Values>, made),
    }),
    ...(update && {
      update: (resource, before) => update(resource as Resource<Values>, before as Before<Values>),
    }),
  };
}
