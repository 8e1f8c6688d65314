import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";

/** A service of docker-compose.yml, as far as the tests ask. */
export interface ComposeService {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

/** The services of docker-compose.yml by name; its variables are not filled in. */
export function composeServices(): Readonly<Record<string, ComposeService>> {
  const text = readFileSync(join(packageRoot(), "docker-compose.yml"), "utf8");
  const { services } = parse(text, { merge: true, maxAliasCount: -1 }) as {
    services: Record<string, ComposeService>;
  };
  return services;
}

/** A service of docker-compose.yml. */
export function composeService(name: string): ComposeService {
  const service = composeServices()[name];
  if (!service) throw new Error(`docker-compose.yml has no service ${name}`);
  return service;
}
