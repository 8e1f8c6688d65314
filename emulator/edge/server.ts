import { createServer as createHttp1, type IncomingMessage, type ServerResponse } from "node:http";
import {
  createServer as createHttp2,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from "node:http2";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { setImmediate as endOfTurn } from "node:timers/promises";
import { WavetankError } from "../core/errors.ts";
import type { RequestHead, WireRequest, WireResponse } from "../core/wire.ts";

/** Anything that answers requests; the edge does. */
export interface RequestHandler {
  handle(request: WireRequest): Promise<WireResponse>;
  /** Bytes that a body may have, told by what comes before it: what will be refused anyway is not read. */
  bodyLimit?(head: RequestHead): number;
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
  readonly #sessions = new Map<ServerHttp2Session, Promise<void>>();
  readonly #options: ServerOptions;
  /** Requests whose answers have not left yet. */
  #inFlight = 0;
  #isStopping = false;
  #whenIdle: (() => void) | undefined;

  constructor(handler: RequestHandler, options: ServerOptions) {
    this.#options = options;
    const answer = (request: Incoming, response: Outgoing) => {
      this.#inFlight += 1;
      response.on("close", () => {
        this.#inFlight -= 1;
        if (this.#inFlight === 0) this.#whenIdle?.();
      });
      const served = { request, response, options, closing: () => this.#isStopping };
      serve(handler, served).catch((error) => fail(response, error));
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
    this.#http2.on("session", (session) => {
      session.setLocalWindowSize(1 << 24);
      const closed = new Promise<void>((resolve) => session.once("close", resolve));
      this.#sessions.set(session, closed);
      void closed.then(() => this.#sessions.delete(session));
    });
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
    // Tells HTTP/2 clients to begin nothing new; a session ends by itself after its last answer.
    for (const session of this.#sessions.keys()) session.close();
    const underWay = [...this.#sessions.values()];
    if (this.#inFlight > 0) {
      underWay.push(
        new Promise((resolve) => {
          this.#whenIdle = resolve;
        }),
      );
    }
    if (underWay.length > 0) {
      let timer: NodeJS.Timeout | undefined;
      const grace = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, graceMs);
      });
      await Promise.race([Promise.all(underWay), grace]);
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
    let head = Buffer.alloc(0);
    const onReadable = () => {
      const chunk = socket.read() as Buffer | null;
      if (!chunk) return;
      head = Buffer.concat([head, chunk]);
      const start = head.toString("latin1", 0, 3);
      // "P" alone may still become PRI, POST, PUT or PATCH.
      if (start.length < 3 && "PRI".startsWith(start)) return;
      socket.off("readable", onReadable);
      socket.unshift(head);
      const server = start === "PRI" ? this.#http2 : this.#http1;
      server.emit("connection", socket);
    };
    socket.on("readable", onReadable);
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
  const head = headOf(request);
  const limit = handler.bodyLimit?.(head);
  const body = await readBody(
    request,
    Math.min(limit ?? options.maxBodyBytes, options.maxBodyBytes),
  );
  if (body === "gone") return;
  const answer =
    body === "too large"
      ? tooLarge()
      : await handler.handle(wireRequest(head, { request, body, response }));
  // Answers of one turn of the event loop leave together: who waits for several is woken once.
  await endOfTurn();
  if (response.destroyed || response.writableEnded) return;
  const isHttp1 = request.httpVersionMajor === 1;
  send(response, answer, {
    isHead: request.method === "HEAD",
    closes: isHttp1 && (closing() || body === "too large"),
  });
}

/** An answer that could not be made or written: the caller learns that much, and the tank goes on. */
function fail(response: Outgoing, error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
  if (response.headersSent) response.destroy();
  else send(response, failed(), { isHead: false, closes: false });
}

function send(
  response: Outgoing,
  { status, headers, body, cookies }: WireResponse,
  { isHead, closes }: { isHead: boolean; closes: boolean },
): void {
  const bytes = typeof body === "string" ? Buffer.byteLength(body) : body.byteLength;
  const isBodiless = status === 204 || status === 304;
  if (!isBodiless) headers["content-length"] ??= String(bytes);
  if (closes) headers.connection = "close";
  // The two servers' methods differ in their overloads only.
  const target = response as ServerResponse;
  if (cookies && cookies.length > 0) target.setHeader("set-cookie", cookies);
  target.writeHead(status, headers);
  if (isHead || isBodiless || bytes === 0) target.end();
  // As a string a small body goes out with its headers in one piece.
  else if (typeof body !== "string" && bytes <= SMALL_BODY_BYTES) {
    target.end(asBuffer(body).toString("latin1"), "latin1");
  } else target.end(body);
}

const SMALL_BODY_BYTES = 16 * 1024;

function asBuffer(body: Uint8Array): Buffer {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}

const tooLarge = (): WireResponse => ({
  status: 413,
  headers: {
    "content-type": "application/json",
    "x-amzn-ErrorType": "RequestEntityTooLargeException",
  },
  body: JSON.stringify({
    __type: "RequestEntityTooLargeException",
    message: "Request body too large",
  }),
});

const failed = (): WireResponse => ({ status: 500, headers: {}, body: "" });

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
    request.on("close", () => {
      // Nearly all have ended; settling a settled promise calls back into Node each time.
      if (!request.readableEnded) resolve("gone");
    });
  });
}

function headOf(request: Incoming): RequestHead {
  const target = request.url ?? "/";
  const mark = target.indexOf("?");
  return {
    method: request.method ?? "GET",
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? NO_QUERY : new URLSearchParams(target.slice(mark + 1)),
    headers: request.headers as Record<string, string>,
  };
}

function wireRequest(
  head: RequestHead,
  { request, body, response }: { request: Incoming; body: Buffer; response: Outgoing },
): WireRequest {
  let signal: AbortSignal | undefined;
  const { method, path, query, headers } = head;
  return {
    method,
    path,
    query,
    headers,
    body,
    raw: () => ({
      search: searchOf(request.url ?? ""),
      headers: request.rawHeaders,
      sourceIp: request.socket.remoteAddress ?? "127.0.0.1",
    }),
    signal: () => {
      signal ??= whenGone(response);
      return signal;
    },
  };
}

function searchOf(target: string): string {
  const mark = target.indexOf("?");
  return mark < 0 ? "" : target.slice(mark + 1);
}

const NO_QUERY = new URLSearchParams();

/** Aborts when the client leaves before its answer. */
function whenGone(response: Outgoing): AbortSignal {
  const gone = new AbortController();
  const leave = () => {
    if (!response.writableEnded) gone.abort();
  };
  if (response.destroyed) leave();
  else response.on("close", leave);
  return gone.signal;
}

function portInUse(port: number, cause: Error): WavetankError {
  return new WavetankError("ERR_PORT_IN_USE", `Port ${port} is in use.`, {
    hint: "Stop what runs there, or start this one with --port 0.",
    cause,
  });
}
