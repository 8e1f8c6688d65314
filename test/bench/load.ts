import { Agent, request } from "node:http";

/** How often a thing was done, and how long each time took. */
export interface Measured {
  /** Calls per second. */
  readonly rate: number;
  readonly calls: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Calls `act` from `callers` loops at once for `seconds`. */
export async function drive(
  act: (index: number) => Promise<unknown>,
  { callers, seconds }: { callers: number; seconds: number },
): Promise<Measured> {
  const latencies: number[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  let index = 0;
  const loop = async () => {
    while (performance.now() < endsAt) {
      const from = performance.now();
      index += 1;
      await act(index);
      latencies.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: callers }, loop));
  const took = (performance.now() - startedAt) / 1000;
  latencies.sort((a, b) => a - b);
  const quantile = (part: number) => latencies[Math.floor(latencies.length * part)] ?? 0;
  return {
    rate: latencies.length / took,
    calls: latencies.length,
    seconds: took,
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
  };
}

export interface RawRequest {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

/** A client that does nothing but send bytes and count answers: it shows the server's cost alone. */
export class RawClient implements Disposable {
  readonly #url: URL;
  readonly #agent: Agent;

  constructor(url: string, connections: number) {
    this.#url = new URL(url);
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  send({ path, headers, body }: RawRequest): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = this.#url;
      const length = { "content-length": String(body.length) };
      const options = { hostname, port, path, method: "POST", agent: this.#agent };
      const outgoing = request({ ...options, headers: { ...headers, ...length } }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () => {
          const text = Buffer.concat(chunks);
          if (answer.statusCode === 200) resolve(text);
          else reject(new Error(`${answer.statusCode}: ${text}`));
        });
      });
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}

/** A pre-encoded AWS JSON call. */
export function jsonCall(target: string, input: object): RawRequest {
  return {
    path: "/",
    headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": target },
    body: Buffer.from(JSON.stringify(input)),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
