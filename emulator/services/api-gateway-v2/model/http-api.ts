import type { Scope } from "../../../core/service.ts";
import type { Cors } from "../../../gateway/cors.ts";
import type { PathPattern } from "../../../gateway/route-match.ts";

/** A function behind routes. */
export interface Integration {
  readonly id: string;
  /** As it was given: a function's ARN, or the path to it that REST APIs name. */
  readonly uri: string;
  readonly functionArn: string;
  readonly payloadFormatVersion: "1.0" | "2.0";
  readonly timeoutMs: number;
}

export interface Route {
  readonly id: string;
  /** `POST /items/{id}`, `ANY /{proxy+}` or `$default`. */
  readonly key: string;
  /** Absent for `$default`. */
  readonly method: string | undefined;
  readonly pattern: PathPattern;
  readonly integrationId: string | undefined;
}

export interface Stage {
  /** `$default`, or a name that paths begin with. */
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly createdAt: number;
}

/** An HTTP API. Its stages deploy by themselves: they serve the routes as they are. */
export interface HttpApi {
  readonly id: string;
  readonly scope: Scope;
  readonly name: string;
  readonly description: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly cors: Cors | undefined;
  readonly createdAt: number;
  readonly integrations: Map<string, Integration>;
  /** By key. */
  readonly routes: Map<string, Route>;
  readonly stages: Map<string, Stage>;
}
