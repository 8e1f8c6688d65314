import type { Clock } from "../core/clock.ts";
import { AwsError, messageOf, WavetankError } from "../core/errors.ts";
import { endToEnd, HttpExchange } from "../core/http-exchange.ts";
import type { WireRequest, WireResponse } from "../core/wire.ts";
import type { Site } from "./site.ts";

/** How long LocalStack may take to come up; it imports for some seconds. */
const START_TIMEOUT_MS = 60_000;
const PROBE_MS = 500;
/** It starts the server of a service at the first request, and fails others that come meanwhile. */
const MAX_ATTEMPTS = 8;

/** LocalStack, or whatever else answers AWS's API under one URL without checking who asks. */
export class LocalStack implements Site {
  readonly name = "localstack";
  readonly url: string;
  readonly #exchange = new HttpExchange();
  readonly #ending = new AbortController();

  constructor(url: string) {
    this.url = url;
  }

  isAt(url: string): boolean {
    const [own, other] = [new URL(this.url), new URL(url)];
    const isLoopback = ["127.0.0.1", "localhost", "[::1]"].includes(own.hostname);
    return own.port === other.port && (isLoopback || own.hostname === other.hostname);
  }

  /** Passes a request on as it came: nobody checks its signature. */
  async forward(request: WireRequest): Promise<WireResponse> {
    const query = request.query.size > 0 ? `?${encode(request.query)}` : "";
    try {
      return await this.#exchange.send({
        method: request.method,
        url: new URL(`${this.url}${request.path}${query}`),
        headers: endToEnd(request.headers),
        body: request.body,
      });
    } catch (error) {
      // SDK clients try again after a 503.
      throw new AwsError("ServiceUnavailable", `${this.#silence()} ${messageOf(error)}`, {
        status: 503,
      });
    }
  }

  clientConfig(region: string) {
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    return { endpoint: this.url, region, credentials, maxAttempts: MAX_ATTEMPTS };
  }

  /**
   * Resolves once it answers.
   * @throws WavetankError ERR_BACKEND when it does not
   */
  async ready({ clock, onWait }: { clock: Clock; onWait: () => void }): Promise<void> {
    const deadline = clock.now() + START_TIMEOUT_MS;
    for (let probes = 0; !(await this.#answers()); probes += 1) {
      if (probes === 0) onWait();
      if (clock.now() >= deadline) {
        throw new WavetankError("ERR_BACKEND", this.#silence(), {
          hint: "Start it, e.g. with `docker compose up --wait localstack`, or name another address in WAVETANK_LOCALSTACK_URL.",
        });
      }
      await clock.sleep(PROBE_MS, this.#ending.signal);
    }
  }

  close(): void {
    this.#ending.abort(new Error("the tank stops"));
    this.#exchange.close();
  }

  /** Any answer is one: other emulators do not have LocalStack's health path. */
  async #answers(): Promise<boolean> {
    const url = new URL(`${this.url}/_localstack/health`);
    try {
      await this.#exchange.send({ method: "GET", url, headers: {}, body: Buffer.alloc(0) });
      return true;
    } catch {
      return false;
    }
  }

  #silence(): string {
    return `LocalStack does not answer at ${this.url}.`;
  }
}

/** A query with `%20` for blanks: S3 takes a plus for a plus. */
function encode(query: URLSearchParams): string {
  return query.toString().replaceAll("+", "%20");
}
