import type { Clock } from "../core/clock.ts";
import { WavetankError } from "../core/errors.ts";
import type { Remote, Service } from "../core/service.ts";
import type { WireRequest, WireResponse } from "../core/wire.ts";
import { Aws } from "./aws.ts";
import { LocalStack } from "./localstack.ts";
import { RemoteService } from "./remote-service.ts";
import { type BackedService, type BackendSettings, localstackUrlOf } from "./settings.ts";
import type { Site } from "./site.ts";

/** Which service stands where, and the connections to those that are not the tank's. */
export class Backends {
  readonly settings: BackendSettings;
  readonly #localstack: LocalStack | undefined;
  readonly #aws: Site | undefined;
  readonly #remotes: Remote[] = [];

  /** @param aws for tests: another place to ask in AWS's stead */
  constructor(settings: BackendSettings, { aws }: { aws?: Site } = {}) {
    this.settings = settings;
    const url = localstackUrlOf(settings);
    this.#localstack = url === undefined ? undefined : new LocalStack(url);
    const isAwsUsed = Object.values(settings.backends ?? {}).includes("aws");
    this.#aws = isAwsUsed ? (aws ?? new Aws()) : undefined;
  }

  /** The service as it is, or with another place that answers for all of it. */
  place<S extends Service>(name: BackedService, service: S): S {
    const remote = this.remote(name, service);
    return remote ? { ...service, operations: {}, remote } : service;
  }

  /** The place that a service stands at; `undefined` when that is here. */
  remote(
    name: BackedService,
    service: Pick<Service, "name" | "model" | "prepare">,
  ): Remote | undefined {
    const site = this.#siteOf(name);
    return site && this.#connect(service, site);
  }

  /** A service of LocalStack, where another service stands there too. */
  beside(name: BackedService, service: Pick<Service, "name" | "model">): Remote | undefined {
    const site = this.#siteOf(name);
    return site && site === this.#localstack ? this.#connect(service, site) : undefined;
  }

  #connect(service: Pick<Service, "name" | "model" | "prepare">, site: Site): Remote {
    const remote = new RemoteService(service, site);
    this.#remotes.push(remote);
    return remote;
  }

  /** Passes on what no service here knows, where another place may know it: SNS, Secrets Manager… */
  elsewhere(request: WireRequest): Promise<WireResponse> | undefined {
    return this.#localstack?.forward(request);
  }

  /**
   * Resolves once each place answers.
   * @throws WavetankError ERR_BACKEND naming the one that does not, and what to do
   */
  async ready(options: {
    clock: Clock;
    onWait: (name: string) => void;
    /** The tank's, which cannot stand behind itself. */
    ownUrl: string;
  }): Promise<void> {
    const { clock, ownUrl } = options;
    if (this.#localstack?.isAt(ownUrl)) throw behindItself(ownUrl);
    const sites = [this.#localstack, this.#aws].filter((site) => site !== undefined);
    await Promise.all(
      sites.map((site) => site.ready({ clock, onWait: () => options.onWait(site.name) })),
    );
  }

  async close(): Promise<void> {
    for (const remote of this.#remotes) await remote.close();
    this.#localstack?.close();
    this.#aws?.close();
  }

  #siteOf(name: BackedService): Site | undefined {
    const backend = this.settings.backends?.[name];
    if (backend === "localstack") return this.#localstack;
    return backend === "aws" ? this.#aws : undefined;
  }
}

function behindItself(url: string): WavetankError {
  return new WavetankError("ERR_BACKEND", `The tank itself listens at ${url}, not LocalStack.`, {
    hint: "Start the tank on another port, or name LocalStack's address in WAVETANK_LOCALSTACK_URL.",
  });
}
