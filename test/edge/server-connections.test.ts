import { expect, test } from "vitest";
import { until } from "../support/tank.ts";
import { echo, ok, RawConnection, serving, viaHttp1, viaHttp2 } from "./serving.ts";

const HTTP2_PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/** An empty SETTINGS frame, which a client sends after the preface. */
const SETTINGS = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);

test("a connection that is silent at first is served when it speaks", async () => {
  await using tank = await serving(echo);
  using connection = new RawConnection(tank.port);
  // Others are served meanwhile.
  expect((await viaHttp1(tank.port)).status).toBe(200);
  expect((await viaHttp2(tank.port)).status).toBe(200);
  await connection.send("GET /late HTTP/1.1\r\nHost: a\r\n\r\n");
  await until(() => connection.received.includes("GET /late"));
});

test("a request of which one byte comes first and the rest later is served", async () => {
  await using tank = await serving(echo);
  for (const method of ["GET", "POST", "PUT"]) {
    using connection = new RawConnection(tank.port);
    await connection.send(method.slice(0, 1));
    await connection.send(
      `${method.slice(1)} /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n`,
    );
    await until(() => connection.received.includes(`${method} /slow`));
  }
});

test("a request that comes byte by byte is served", async () => {
  await using tank = await serving(echo);
  using connection = new RawConnection(tank.port);
  for (const byte of "PUT /drip HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi") {
    await connection.send(byte);
  }
  await until(() => connection.received.includes("PUT /drip hi"));
});

test("an HTTP/2 preface that comes in pieces is still told by its first bytes", async () => {
  await using tank = await serving(echo);
  for (const cut of [1, 2, 3, 5]) {
    using connection = new RawConnection(tank.port);
    await connection.send(HTTP2_PREFACE.slice(0, cut));
    await connection.send(HTTP2_PREFACE.slice(cut));
    await connection.send(SETTINGS);
    // A server's first frame is SETTINGS: type 4 on stream 0.
    await until(() => connection.received.length >= 9);
    expect(connection.received.charCodeAt(3), `cut after ${cut}`).toBe(4);
    expect(connection.received).not.toContain("HTTP/1.1");
  }
});

test("bytes that are no HTTP are answered 400, and others still served", async () => {
  await using tank = await serving(echo);
  using connection = new RawConnection(tank.port);
  await connection.send("\x16\x03\x01 this is a TLS hello, or nonsense\r\n\r\n");
  await connection.closed;
  expect(connection.received).toMatch(/^HTTP\/1\.1 400 /);
  expect((await viaHttp1(tank.port)).status).toBe(200);
});

test("bytes that only begin like HTTP/2 close their connection and no other", async () => {
  await using tank = await serving(echo);
  using connection = new RawConnection(tank.port);
  await connection.send("PRINCE / HTTP/9.9\r\n\r\nand so on, for long enough to be refused");
  await connection.closed;
  expect((await viaHttp2(tank.port)).status).toBe(200);
});

test("a connection that says nothing and leaves is forgotten", async () => {
  await using tank = await serving(echo);
  using connection = new RawConnection(tank.port);
  connection.socket.end();
  await connection.closed;
  expect((await viaHttp1(tank.port)).status).toBe(200);
});

test("a connection that says one byte and leaves is forgotten", async () => {
  await using tank = await serving(echo);
  using connection = new RawConnection(tank.port);
  await connection.send("P");
  connection.socket.end();
  await connection.closed;
  expect((await viaHttp1(tank.port)).status).toBe(200);
});

test("a client that leaves in the middle of its body is not asked about", async () => {
  const paths: string[] = [];
  await using tank = await serving(({ path }) => {
    paths.push(path);
    return ok();
  });
  using connection = new RawConnection(tank.port);
  await connection.send("POST /half HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf");
  connection.socket.destroy();
  await connection.closed;
  await viaHttp1(tank.port, { path: "/whole" });
  expect(paths).toEqual(["/whole"]);
});

test("a client that leaves before its answer aborts the request's signal", async () => {
  for (const leave of ["destroy", "end"] as const) {
    let signal: AbortSignal | undefined;
    let finish = () => {};
    await using tank = await serving(async (request) => {
      signal = request.signal();
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return ok();
    });
    using connection = new RawConnection(tank.port);
    await connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    await until(() => signal !== undefined);
    expect(signal?.aborted).toBe(false);
    connection.socket[leave]();
    if (leave === "destroy") await until(() => signal?.aborted === true);
    finish();
    await connection.closed;
  }
});

test("an HTTP/2 stream that is reset aborts its request and no other of the connection", async () => {
  const { connect } = await import("node:http2");
  const signals = new Map<string, AbortSignal>();
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  await using tank = await serving(async ({ path, signal }) => {
    signals.set(path, signal());
    await finished;
    return ok(path);
  });
  const session = connect(`http://127.0.0.1:${tank.port}`);
  const leaving = session.request({ ":path": "/leaving" }).on("error", () => {});
  const staying = session.request({ ":path": "/staying" });
  const chunks: string[] = [];
  staying.on("data", (chunk) => chunks.push(String(chunk)));
  await until(() => signals.size === 2);
  leaving.close(8);
  await until(() => signals.get("/leaving")?.aborted === true);
  expect(signals.get("/staying")?.aborted).toBe(false);
  finish();
  await new Promise((resolve) => staying.on("end", resolve));
  expect(chunks.join("")).toBe("/staying");
  session.close();
});
