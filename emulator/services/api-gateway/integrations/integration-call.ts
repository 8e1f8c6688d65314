import type { Clock } from "../../../core/clock.ts";
import type { Functions } from "../../../gateway/functions.ts";
import type { Incoming, Invocation } from "../../../gateway/incoming.ts";
import type { MatchedResource } from "../../../gateway/payload-v1.ts";
import type { Integration } from "../model/rest-api.ts";

/** A request that has found its method, and what its integration needs to answer. */
export interface IntegrationCall {
  readonly integration: Integration;
  readonly incoming: Incoming;
  readonly matched: MatchedResource;
  readonly invocation: Invocation;
  readonly binaryMediaTypes: readonly string[];
  readonly functions: Functions;
  readonly clock: Clock;
}
