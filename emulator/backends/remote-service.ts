import type { Remote, Scope, Service } from "../core/service.ts";
import type { WireRequest } from "../core/wire.ts";
import type { SignedFor, Site } from "./site.ts";

interface SdkClient {
  send(command: unknown): Promise<unknown>;
  destroy(): void;
}

type Described = Pick<Service, "name" | "model" | "prepare">;

type SdkClass<T> = new (argument: object) => T;

/** Passes requests for one service on to a site, and calls its operations through the SDK's client. */
export class RemoteService implements Remote {
  readonly name: string;
  readonly #service: Described;
  readonly #site: Site;
  readonly #clients = new Map<string, Promise<SdkClient>>();

  constructor(service: Described, site: Site) {
    this.name = site.name;
    this.#service = service;
    this.#site = site;
  }

  forward(request: WireRequest, { region }: SignedFor, now: number) {
    const service = signingNames[this.#service.name] ?? this.#service.name;
    // A chunked upload's signature is over the chunks; signing anew takes the bytes themselves.
    const prepared = this.#site.name === "aws" ? this.#service.prepare?.(request, now) : undefined;
    return this.#site.forward({ ...request, ...prepared }, { service, region });
  }

  async call<Out>(operationName: string, input: object, { region }: Scope): Promise<Out> {
    const model = await this.#service.model();
    const Command = model[`${operationName}Command`] as SdkClass<object> | undefined;
    if (!Command) throw new Error(`no operation ${this.#service.name}.${operationName}`);
    let client = this.#clients.get(region);
    if (!client) {
      client = this.#connect(model, region);
      this.#clients.set(region, client);
    }
    return (await (await client).send(new Command(input))) as Out;
  }

  async close(): Promise<void> {
    for (const client of this.#clients.values()) (await client).destroy();
    this.#clients.clear();
  }

  async #connect(model: Readonly<Record<string, unknown>>, region: string): Promise<SdkClient> {
    const { NodeHttpHandler } = await import("@smithy/node-http-handler");
    const name = Object.keys(model).find((key) => /^[A-Z]\w*Client$/.test(key)) ?? "";
    const Client = model[name] as SdkClass<SdkClient>;
    // HTTP/1.1, since not everything that speaks AWS's API speaks HTTP/2 without TLS; paths, not host names.
    const options = { requestHandler: new NodeHttpHandler(), forcePathStyle: true };
    return new Client({ ...this.#site.clientConfig(region), ...options });
  }
}

/** Where AWS signs under another name than the service's folder here. */
const signingNames: Readonly<Record<string, string>> = { "sagemaker-runtime": "sagemaker" };
