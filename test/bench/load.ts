import { connect, type Socket } from "node:net";

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

/**
 * A client that does nothing but send bytes and find the end of each answer: it shows the server's cost,
 * where node:http's own client would be the slower of the two. One request at a time per connection.
 */
export class RawClient implements Disposable {
  readonly #host: string;
  readonly #idle: Connection[] = [];
  readonly #all: Connection[] = [];

  private constructor(url: URL) {
    this.#host = url.host;
  }

  static async connect(url: string, connections: number): Promise<RawClient> {
    const address = new URL(url);
    const client = new RawClient(address);
    for (let index = 0; index < connections; index += 1) {
      const connection = await Connection.open(address);
      client.#idle.push(connection);
      client.#all.push(connection);
    }
    return client;
  }

  /** Puts a request into bytes, once for all the times it is sent. */
  encode({ path, headers, body }: RawRequest): Buffer {
    const lines = Object.entries({ host: this.#host, ...headers, "content-length": body.length });
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
    return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${head}\r\n`), body]);
  }

  /** There must be no more requests under way than connections. */
  async send(request: Buffer): Promise<void> {
    const connection = this.#idle.pop();
    if (!connection) throw new Error("more callers than connections");
    await connection.exchange(request);
    this.#idle.push(connection);
  }

  [Symbol.dispose](): void {
    for (const connection of this.#all) connection.close();
  }
}

class Connection {
  readonly #socket: Socket;
  #resolve: (() => void) | undefined;
  #reject: ((error: Error) => void) | undefined;
  #head = "";
  /** Bytes of the body still to come; `undefined` while the head is read. */
  #left: number | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on("data", (chunk) => this.#take(chunk));
    socket.on("error", (error) => this.#reject?.(error));
    socket.on("close", () => this.#reject?.(new Error("the server closed the connection")));
  }

  static open({ hostname, port }: URL): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => resolve(new Connection(socket)));
      socket.once("error", reject);
    });
  }

  exchange(request: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#reject = undefined;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    let bytes = chunk.length;
    if (this.#left === undefined) {
      this.#head += chunk.toString("latin1");
      const end = this.#head.indexOf("\r\n\r\n");
      if (end < 0) return;
      if (!this.#head.startsWith("HTTP/1.1 200")) {
        this.#reject?.(new Error(this.#head));
        return;
      }
      const length = /content-length: (\d+)/i.exec(this.#head)?.[1];
      this.#left = Number(length);
      bytes = this.#head.length - end - 4;
      this.#head = "";
    }
    this.#left -= bytes;
    if (this.#left > 0) return;
    this.#left = undefined;
    this.#resolve?.();
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
