import { type IncomingHttpHeaders, request as requestHttp1 } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { connect, type Socket } from "node:net";
import type { WireRequest, WireResponse } from "../../emulator/core/wire.ts";
import { EdgeServer, type ServerOptions } from "../../emulator/edge/server.ts";

type Handle = (request: WireRequest) => WireResponse | Promise<WireResponse>;

export interface Served extends AsyncDisposable {
  readonly server: EdgeServer;
  readonly port: number;
}

/** A server on a free port that answers as `handle` says. */
export async function serving(
  handle: Handle,
  options: Partial<ServerOptions> = {},
): Promise<Served> {
  const server = new EdgeServer(
    { handle: async (request) => handle(request) },
    { host: "127.0.0.1", port: 0, maxBodyBytes: 1024 * 1024, ...options },
  );
  const port = await server.listen();
  return { server, port, [Symbol.asyncDispose]: () => server.close(0) };
}

export const ok = (body: string | Uint8Array = "ok"): WireResponse => ({
  status: 200,
  headers: { "content-type": "text/plain" },
  body,
});

/** Says what a request was: for tests of how it got through. */
export const echo: Handle = ({ method, path, body }) =>
  ok(`${method} ${path} ${body.toString("latin1")}`);

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Ask {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
}

export type AskVia = (port: number, ask?: Ask) => Promise<Answer>;

export const viaHttp1: AskVia = (port, { method = "POST", path = "/", headers = {}, body } = {}) =>
  new Promise((resolve, reject) => {
    const request = requestHttp1({ host: "127.0.0.1", port, method, path, headers, agent: false });
    request.on("error", reject);
    request.on("response", async (response) => {
      const chunks: Buffer[] = [];
      try {
        for await (const chunk of response) chunks.push(chunk as Buffer);
        const { statusCode = 0 } = response;
        resolve({ status: statusCode, headers: response.headers, body: Buffer.concat(chunks) });
      } catch (error) {
        reject(error);
      }
    });
    request.end(body);
  });

export const viaHttp2: AskVia = (port, { method = "POST", path = "/", headers = {}, body } = {}) =>
  new Promise((resolve, reject) => {
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    session.on("error", reject);
    const stream = session.request({ ":method": method, ":path": path, ...headers });
    let status = 0;
    let answered: IncomingHttpHeaders = {};
    const chunks: Buffer[] = [];
    stream.on("response", (received) => {
      status = received[":status"] ?? 0;
      answered = received;
    });
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("error", (error) => {
      session.destroy();
      reject(error);
    });
    stream.on("end", () => {
      session.close();
      // A stream that its server drops ends as well, without an answer.
      if (status === 0) reject(new Error("no answer"));
      else resolve({ status, headers: answered, body: Buffer.concat(chunks) });
    });
    stream.on("aborted", () => reject(new Error("the answer was cut off")));
    stream.end(body);
  });

/** A bare connection, to send what no client library would. */
export class RawConnection implements Disposable {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  received = "";

  constructor(port: number) {
    this.socket = connect({ host: "127.0.0.1", port });
    this.socket.setNoDelay(true);
    this.socket.on("data", (chunk) => {
      this.received += chunk.toString("latin1");
    });
    this.socket.on("error", () => {});
    this.closed = new Promise((resolve) => this.socket.on("close", () => resolve()));
  }

  /** Sends a piece and lets it arrive before the next one follows. */
  async send(piece: string | Uint8Array): Promise<void> {
    await new Promise<void>((resolve) => this.socket.write(piece, () => resolve()));
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
  }
}
