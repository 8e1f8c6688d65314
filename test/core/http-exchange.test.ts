import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { expect, test } from "vitest";
import { endToEnd, HttpExchange } from "../../emulator/core/http-exchange.ts";

async function serving(answer: (socket: Socket, count: number) => boolean) {
  let count = 0;
  const server = createServer((request, response) => {
    count += 1;
    if (answer(request.socket, count)) response.end(String(count));
    else request.socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const exchange = new HttpExchange();
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const send = () => exchange.send({ method: "POST", url, headers: {}, body: Buffer.from("x") });
  return {
    send,
    async [Symbol.asyncDispose]() {
      exchange.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test("connections are kept open, and one that the other side has closed is opened again", async () => {
  const sockets = new Set<Socket>();
  await using served = await serving((socket, count) => {
    sockets.add(socket);
    return count !== 3;
  });
  expect(String((await served.send()).body)).toBe("1");
  expect(String((await served.send()).body)).toBe("2");
  expect(sockets.size).toBe(1);
  expect(String((await served.send()).body)).toBe("4");
  expect(sockets.size).toBe(2);
});

test("a fresh connection that is closed without an answer is an error", async () => {
  await using served = await serving(() => false);
  await expect(served.send()).rejects.toThrow("socket hang up");
});

test("headers of a connection, and those of HTTP/2 itself, are not passed on", () => {
  const headers = {
    ":path": "/",
    connection: "keep-alive",
    "transfer-encoding": "chunked",
    "content-type": "text/csv",
    "set-cookie": ["a", "b"],
  };
  expect(endToEnd(headers)).toEqual({ "content-type": "text/csv", "set-cookie": "a, b" });
});
