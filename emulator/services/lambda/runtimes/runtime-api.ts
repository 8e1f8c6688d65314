import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { MAX_SYNC_BYTES } from "../limits.ts";
import type { InvocationEnd, InvocationEvent, RuntimeListener } from "./runtime.ts";

// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html

const PATH =
  /^\/2018-06-01\/runtime\/(?:invocation\/(next)|invocation\/([^/]+)\/(response|error)|init\/(error))$/;

/**
 * The Runtime API of one execution environment: hands out events to whatever language runs there, and
 * takes its answers. Bound to loopback, on a port of its own.
 */
export class RuntimeApi {
  readonly #listener: RuntimeListener;
  readonly #server: Server;
  readonly #now: () => number;
  /** The runtime's question for the next event, while it waits. */
  #asking: ServerResponse | undefined;
  #waiting: InvocationEvent | undefined;
  #current: InvocationEvent | undefined;
  #isReady = false;

  constructor(listener: RuntimeListener, { now }: { now: () => number }) {
    this.#listener = listener;
    this.#now = now;
    this.#server = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
  }

  /** Resolves with `host:port`, the value of AWS_LAMBDA_RUNTIME_API. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(0, "127.0.0.1", resolve);
    });
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  deliver(event: InvocationEvent): void {
    this.#waiting = event;
    this.#handOut();
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A web page could take events away with a request that its browser lets it send.
    if (request.headers.origin !== undefined) return answer(response, 403, "Forbidden", "origin");
    const [, next, id, outcome, init] = PATH.exec(request.url ?? "") ?? [];
    if (request.method === "GET" && next) return this.#next(response);
    if (request.method !== "POST" || !(outcome || init)) {
      return answer(response, 404, "NotFound", `${request.method} ${request.url}`);
    }
    const body = await readBody(request);
    if (init) {
      answer(response, 202);
      return this.#listener.initFailed(body);
    }
    if (id !== this.#current?.requestId) {
      return answer(response, 400, "InvalidRequestID", "Invalid request ID");
    }
    if (outcome === "response" && body.length > MAX_SYNC_BYTES) {
      answer(
        response,
        413,
        "RequestEntityTooLarge",
        `Exceeded maximum allowed payload size (${MAX_SYNC_BYTES} bytes).`,
      );
    } else answer(response, 202);
    this.#current = undefined;
    this.#listener.ended({ payload: body, isError: outcome === "error", ...measured(request) });
  }

  /** The first question says that loading is over. */
  #next(response: ServerResponse): void {
    this.#asking = response;
    response.on("close", () => {
      if (this.#asking === response) this.#asking = undefined;
    });
    if (!this.#isReady) {
      this.#isReady = true;
      this.#listener.ready();
    }
    this.#handOut();
  }

  #handOut(): void {
    const event = this.#waiting;
    const response = this.#asking;
    if (!event || !response) return;
    this.#waiting = undefined;
    this.#asking = undefined;
    this.#current = event;
    const { requestId, timeoutMs, invokedFunctionArn, clientContext, traceId } = event;
    response.writeHead(200, {
      "Content-Type": "application/json",
      "Lambda-Runtime-Aws-Request-Id": requestId,
      "Lambda-Runtime-Deadline-Ms": String(this.#now() + timeoutMs),
      "Lambda-Runtime-Invoked-Function-Arn": invokedFunctionArn,
      "Lambda-Runtime-Trace-Id": traceId,
      ...(clientContext !== undefined && {
        "Lambda-Runtime-Client-Context": asciiJson(clientContext),
      }),
      // Not AWS's: the deadline is on the tank's clock, which need not be the process's.
      "Wavetank-Timeout-Ms": String(timeoutMs),
    });
    response.end(event.payload);
  }
}

/** Headers are ASCII; JSON can say everything in it. */
function asciiJson(json: string): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return json.replace(/[\r\n]/g, " ").replace(/[^\x20-\x7e]/g, escaped);
}

/** What our own bootstrap adds to its answers, and other runtimes do not. */
function measured({ headers }: IncomingMessage): Pick<InvocationEnd, "durationMs" | "memoryBytes"> {
  const durationMs = Number(headers["wavetank-duration-ms"]);
  const memoryBytes = Number(headers["wavetank-memory-bytes"]);
  return {
    ...(durationMs >= 0 && { durationMs }),
    ...(memoryBytes > 0 && { memoryBytes }),
  };
}

function answer(
  response: ServerResponse,
  status: number,
  ...[errorType, errorMessage]: [string, string] | []
): void {
  const body = errorType ? { errorMessage, errorType } : { status: "OK" };
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
