import type { Scope } from "../../../core/service.ts";
import { newId } from "../../../gateway/invocation.ts";
import type { PathPattern } from "../../../gateway/route-match.ts";

/** What answers for a method. */
export interface Integration {
  readonly type: "AWS_PROXY" | "AWS" | "MOCK";
  readonly uri?: string | undefined;
  readonly httpMethod?: string | undefined;
  readonly requestTemplates: Readonly<Record<string, string>>;
  readonly passthroughBehavior: "WHEN_NO_MATCH" | "WHEN_NO_TEMPLATES" | "NEVER";
  readonly timeoutInMillis: number;
  /** By status. */
  readonly responses: Readonly<Record<string, IntegrationResponse>>;
}

export interface IntegrationResponse {
  readonly statusCode: string;
  /** A regular expression over the function's error message; absent for the default. */
  readonly selectionPattern?: string | undefined;
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly responseTemplates: Readonly<Record<string, string>>;
}

export interface Method {
  readonly httpMethod: string;
  readonly authorizationType: string;
  readonly requestParameters?: Readonly<Record<string, boolean>> | undefined;
  /** Declared responses, by status; kept and shown. */
  readonly responses: Readonly<Record<string, MethodResponse>>;
  readonly integration?: Integration | undefined;
}

export interface MethodResponse {
  readonly statusCode: string;
  readonly responseParameters?: Readonly<Record<string, boolean>> | undefined;
  readonly responseModels?: Readonly<Record<string, string>> | undefined;
}

/** A place in the tree of paths. */
export interface ApiResource {
  readonly id: string;
  readonly parentId?: string;
  readonly pathPart?: string;
  readonly path: string;
  /** By HTTP method, or `ANY`. */
  readonly methods: Readonly<Record<string, Method>>;
}

/** What a stage serves: the API as it was when it was deployed. */
export interface Deployment {
  readonly id: string;
  readonly description?: string | undefined;
  readonly createdAt: number;
  /** The resources that have methods, taken apart once for all requests. */
  readonly routes: readonly { readonly resource: ApiResource; readonly pattern: PathPattern }[];
}

export interface Stage {
  readonly name: string;
  readonly deploymentId: string;
  readonly description?: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
  readonly createdAt: number;
}

/** A REST API. Its resources are values: what a deployment holds does not change with them. */
export class RestApi {
  readonly id: string;
  readonly scope: Scope;
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly name: string;
  readonly description: string | undefined;
  binaryMediaTypes: readonly string[];
  readonly rootId = newId();
  readonly resources = new Map<string, ApiResource>();
  readonly deployments = new Map<string, Deployment>();
  readonly stages = new Map<string, Stage>();

  constructor(api: {
    id: string;
    scope: Scope;
    createdAt: number;
    name: string;
    description?: string | undefined;
    tags?: Readonly<Record<string, string>> | undefined;
    binaryMediaTypes?: readonly string[] | undefined;
  }) {
    this.id = api.id;
    this.scope = api.scope;
    this.createdAt = api.createdAt;
    this.name = api.name;
    this.description = api.description;
    this.tags = api.tags ?? {};
    this.binaryMediaTypes = api.binaryMediaTypes ?? [];
    this.clear();
  }

  /** Leaves the root alone. */
  clear(): void {
    this.resources.clear();
    this.resources.set(this.rootId, { id: this.rootId, path: "/", methods: {} });
  }

  child(parentId: string, pathPart: string): ApiResource | undefined {
    return [...this.resources.values()].find(
      (one) => one.parentId === parentId && one.pathPart === pathPart,
    );
  }

  addChild(parent: ApiResource, pathPart: string): ApiResource {
    const path = `${parent.path === "/" ? "" : parent.path}/${pathPart}`;
    const resource = { id: newId(6), parentId: parent.id, pathPart, path, methods: {} };
    this.resources.set(resource.id, resource);
    return resource;
  }

  setMethod(resourceId: string, method: Method): void {
    const resource = this.resources.get(resourceId);
    if (!resource) return;
    const methods = { ...resource.methods, [method.httpMethod]: method };
    this.resources.set(resourceId, { ...resource, methods });
  }
}
