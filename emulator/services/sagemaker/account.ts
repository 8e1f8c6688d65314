import type { ResourceSummary } from "../../core/service.ts";
import type { Endpoint } from "./endpoint.ts";
import type { EndpointConfig, HostedModel, Resource } from "./resources.ts";
import type { Shelf } from "./shelf.ts";

/** What one account has in a region. */
export interface Account {
  readonly models: Shelf<HostedModel>;
  readonly configs: Shelf<EndpointConfig>;
  readonly endpoints: Shelf<Endpoint>;
}

export function summaries({ models, configs, endpoints }: Account): ResourceSummary[] {
  return [
    ...models.all().map(({ name }) => ({ type: "model", name, state: "" })),
    ...configs.all().map(({ name }) => ({ type: "configuration", name, state: "" })),
    ...endpoints.all().map(({ name, status }) => ({ type: "endpoint", name, state: status })),
  ];
}

export function resourcesOf({ models, configs, endpoints }: Account): Resource[] {
  return [...models.all(), ...configs.all(), ...endpoints.all()];
}
