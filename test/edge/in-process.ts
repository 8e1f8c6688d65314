import { Readable } from "node:stream";
import { HttpRequest, HttpResponse } from "@smithy/core/protocols";
import { ManualClock } from "../../emulator/core/clock.ts";
import { Events } from "../../emulator/core/events.ts";
import type { Operation, Service } from "../../emulator/core/service.ts";
import type { WireRequest } from "../../emulator/core/wire.ts";
import { Edge, type EdgeOptions } from "../../emulator/edge/edge.ts";

/** A request as the edge takes it, with what a test leaves out filled in. */
export function wireRequest(parts: Partial<WireRequest> = {}): WireRequest {
  return {
    method: "POST",
    path: "/",
    query: new URLSearchParams(),
    body: Buffer.from("{}"),
    signal: () => new AbortController().signal,
    ...parts,
    headers: { host: "127.0.0.1", ...parts.headers },
  };
}

/** A service of a test's own: AWS's published model, answers that the test decides. */
export function service(
  parts: Pick<Service, "protocol" | "target" | "model"> & Partial<Service>,
): Service {
  return {
    name: parts.target,
    engine: { reset() {} },
    maxBodyBytes: 1024 * 1024,
    operations: {},
    ...parts,
  };
}

/** An operation that remembers its input and answers as told. */
export function recording<In, Out>(
  schema: Operation<never, In, Out>["schema"],
  answer: () => Out,
): { inputs: In[]; operation: Operation<never, In, Out> } {
  const inputs: In[] = [];
  return {
    inputs,
    operation: {
      schema,
      handle(_engine, input) {
        inputs.push(input as In);
        return answer();
      },
    },
  };
}

export function edgeOf(
  services: Service | readonly Service[],
  options: Partial<EdgeOptions> = {},
): Edge {
  return new Edge([services].flat() as Service[], {
    clock: new ManualClock(),
    events: new Events(),
    allowedHosts: new Set(),
    defaultRegion: "us-east-1",
    local: {},
    ...options,
  });
}

/** What an SDK client needs to speak to an edge without a port. */
export function clientConfig(edge: Edge) {
  return {
    endpoint: "http://127.0.0.1",
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
    forcePathStyle: true,
    requestHandler: {
      async handle(request: HttpRequest) {
        const answer = await edge.handle(await toWire(request));
        const response = new HttpResponse({
          statusCode: answer.status,
          headers: Object.fromEntries(
            Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value]),
          ),
          body: Readable.from(answer.body.length > 0 ? [Buffer.from(answer.body)] : []),
        });
        return { response };
      },
      updateHttpClientConfig() {},
      httpHandlerConfigs: () => ({}),
    },
  };
}

/** An SDK's request, already signed and serialized, as the edge would get it from the port. */
export async function toWire({ method, path, query, headers, body }: HttpRequest) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const item of [value].flat()) search.append(name, item ?? "");
  }
  const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return wireRequest({
    method,
    path,
    query: search,
    headers: Object.fromEntries(lowerCase),
    body: await bytesOf(body),
  });
}

async function bytesOf(body: unknown): Promise<Buffer> {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (body instanceof Uint8Array) return Buffer.copyBytesFrom(body);
  if (typeof body === "string") return Buffer.from(body);
  const chunks: Buffer[] = [];
  for await (const chunk of body as Readable) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

export { HttpRequest };
