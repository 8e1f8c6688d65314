import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** A table that is short of capacity. */
export interface ThrottlingProxy extends AsyncDisposable {
  readonly url: string;
  /** Items written or refused so far. */
  readonly writes: number;
  readonly refused: number;
}

type Requests = Record<string, object[]>;
type Batch = { RequestItems: Requests };
type Written = { UnprocessedItems: Requests };

/** Stands before DynamoDB. Of the items of BatchWriteItem one in so many comes back unprocessed and is not written. */
export async function throttlingProxy(
  target: string,
  { oneIn }: { oneIn: number },
): Promise<ThrottlingProxy> {
  let writes = 0;
  let refused = 0;

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(request);
    const operation = String(request.headers["x-amz-target"]).split(".")[1];
    const send = (status: number, value: string) =>
      response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(value);
    const forward = async (content: Buffer | string) => {
      const { "content-length": _, host: __, connection: ___, ...headers } = request.headers;
      const passed = headers as Record<string, string>;
      const answered = await fetch(target, { method: "POST", headers: passed, body: content });
      return { status: answered.status, text: await answered.text() };
    };
    if (operation !== "BatchWriteItem") {
      const { status, text } = await forward(body);
      send(status, text);
      return;
    }
    const { RequestItems } = JSON.parse(body.toString()) as Batch;
    const taken: Requests = {};
    const kept: Requests = {};
    for (const [table, items] of Object.entries(RequestItems)) {
      for (const item of items) {
        writes += 1;
        const isRefused = writes % oneIn === 0;
        if (isRefused) refused += 1;
        const into = isRefused ? kept : taken;
        into[table] = [...(into[table] ?? []), item];
      }
    }
    // DynamoDB takes no batch without an item.
    const { status, text } =
      Object.keys(taken).length === 0
        ? { status: 200, text: "{}" }
        : await forward(JSON.stringify({ RequestItems: taken }));
    const written = JSON.parse(text) as Written;
    send(status, JSON.stringify(status === 200 ? { ...written, UnprocessedItems: kept } : written));
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.writeHead(500).end(String(error)));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get writes() {
      return writes;
    },
    get refused() {
      return refused;
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
