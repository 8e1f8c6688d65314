import { createServer as createHttp1, type IncomingMessage, type ServerResponse } from "node:http";
import {
  createServer as createHttp2,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from "node:http2";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { WavetankError } from "../core/errors.ts";
import type { WireRequest, WireResponse } from "../core/wire.ts";

/** Anything that answers requests; the edge does. */
export interface RequestHandler {
  handle(request: WireRequest): Promise<WireResponse>;
}

export interface ServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Larger bodies are refused while they arrive, before any service is asked. */
  readonly maxBodyBytes: number;
}

/**
 * One port for HTTP/1.1 and plain-text HTTP/2: the JavaScript SDK's Kinesis client opens the latter with
 * its preface at once, everything else speaks the former. The first bytes of a connection tell.
 */
export class EdgeServer {
  readonly #listener = createServer((socket) => this.#accept(socket));
  readonly #http1;
  readonly #http2;
  readonly #sockets = new Set<Socket>();
  readonly #options: ServerOptions;
  readonly #inFlight = new Set<Promise<void>>();
  #isStopping = false;

  constructor(handler: RequestHandler, options: ServerOptions) {
    this.#options = options;
    const answer = (request: Incoming, response: Outgoing) => {
      const done = serve(handler, { request, response, options, closing: () => this.#isStopping });
      this.#inFlight.add(done);
      void done.finally(() => this.#inFlight.delete(done));
    };
    this.#http1 = createHttp1({ keepAliveTimeout: 0, requestTimeout: 0 }, answer);
    this.#http1.on("checkContinue", (request, response) => {
      response.writeContinue();
      answer(request, response);
    });
    this.#http2 = createHttp2(
      { settings: { maxConcurrentStreams: 1000, initialWindowSize: 1 << 20 } },
      answer,
    );
    this.#http2.on("session", (session) => session.setLocalWindowSize(1 << 24));
  }

  /** Resolves with the port once connections are accepted. */
  async listen(): Promise<number> {
    const { host, port } = this.#options;
    await new Promise<void>((resolve, reject) => {
      this.#listener.once("error", (cause: NodeJS.ErrnoException) => {
        reject(cause.code === "EADDRINUSE" ? portInUse(port, cause) : cause);
      });
      this.#listener.listen({ host, port }, resolve);
    });
    return (this.#listener.address() as AddressInfo).port;
  }

  /** Takes no more connections, lets requests under way end within `graceMs`, then closes every socket. */
  async close(graceMs = 5_000): Promise<void> {
    this.#isStopping = true;
    const closed = new Promise<void>((resolve) => {
      if (this.#listener.listening) this.#listener.close(() => resolve());
      else resolve();
    });
    if (this.#inFlight.size > 0) {
      let timer: NodeJS.Timeout | undefined;
      const grace = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, graceMs);
      });
      await Promise.race([Promise.allSettled([...this.#inFlight]), grace]);
      clearTimeout(timer);
    }
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #accept(socket: Socket): void {
    socket.setNoDelay(true);
    this.#sockets.add(socket);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    socket.once("readable", () => {
      const head = socket.read(3) as Buffer | null;
      // Fewer than three bytes so far is no HTTP/2 preface of any real client.
      const first = head ?? (socket.read() as Buffer | null);
      if (!first) return;
      socket.unshift(first);
      const server = first.toString("latin1") === "PRI" ? this.#http2 : this.#http1;
      server.emit("connection", socket);
    });
  }
}

type Incoming = IncomingMessage | Http2ServerRequest;
type Outgoing = ServerResponse | Http2ServerResponse;

interface Served {
  readonly request: Incoming;
  readonly response: Outgoing;
  readonly options: ServerOptions;
  readonly closing: () => boolean;
}

async function serve(handler: RequestHandler, { request, response, options, closing }: Served) {
  const gone = new AbortController();
  response.on("close", () => {
    if (!response.writableFinished) gone.abort();
  });
  const body = await readBody(request, options.maxBodyBytes);
  if (body === "gone") return;
  const answer =
    body === "too large"
      ? TOO_LARGE
      : await handler.handle(wireRequest(request, body, gone.signal));
  if (response.destroyed || response.writableEnded) return;
  const isHttp1 = request.httpVersionMajor === 1;
  send(response, answer, {
    isHead: request.method === "HEAD",
    closes: isHttp1 && (closing() || body === "too large"),
  });
}

function send(
  response: Outgoing,
  { status, headers, body }: WireResponse,
  { isHead, closes }: { isHead: boolean; closes: boolean },
): void {
  const bytes = typeof body === "string" ? Buffer.byteLength(body) : body.byteLength;
  const isBodiless = status === 204 || status === 304;
  const length = isBodiless || "content-length" in headers ? {} : { "content-length": bytes };
  const connection = closes ? { connection: "close" } : {};
  // The two servers' methods differ in their overloads only.
  const target = response as ServerResponse;
  target.writeHead(status, { ...headers, ...length, ...connection });
  if (isHead || isBodiless || bytes === 0) target.end();
  else target.end(body);
}

const TOO_LARGE: WireResponse = {
  status: 413,
  headers: {
    "content-type": "application/json",
    "x-amzn-ErrorType": "RequestEntityTooLargeException",
  },
  body: JSON.stringify({
    __type: "RequestEntityTooLargeException",
    message: "Request body too large",
  }),
};

function readBody(request: Incoming, maxBytes: number): Promise<Buffer | "too large" | "gone"> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) {
        resolve("too large");
        chunks.length = 0;
      } else chunks.push(chunk);
    });
    request.on("end", () =>
      resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)),
    );
    request.on("error", () => resolve("gone"));
    request.on("close", () => resolve("gone"));
  });
}

function wireRequest(request: Incoming, body: Buffer, signal: AbortSignal): WireRequest {
  const target = request.url ?? "/";
  const mark = target.indexOf("?");
  return {
    method: request.method ?? "GET",
    path: mark < 0 ? target : target.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? "" : target.slice(mark + 1)),
    headers: request.headers as Record<string, string>,
    body,
    signal,
  };
}

function portInUse(port: number, cause: Error): WavetankError {
  return new WavetankError("ERR_PORT_IN_USE", `Port ${port} is in use.`, {
    hint: "Stop what runs there, or start this one with --port 0.",
    cause,
  });
}
