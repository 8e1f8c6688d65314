import { afterAll, expect, test, vi } from "vitest";
import { WavetankError } from "../../emulator/core/errors.ts";
import { until } from "../support/tank.ts";
import { type AskVia, echo, ok, RawConnection, serving, viaHttp1, viaHttp2 } from "./serving.ts";

const protocols: [string, AskVia][] = [
  ["HTTP/1.1", viaHttp1],
  ["plain-text HTTP/2", viaHttp2],
];

const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
afterAll(() => warn.mockRestore());

for (const [name, ask] of protocols) {
  test(`a request over ${name} is answered`, async () => {
    await using tank = await serving(echo);
    const answer = await ask(tank.port, { path: "/a%20b", body: "hello" });
    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toBe("text/plain");
    expect(answer.headers["content-length"]).toBe("17");
    expect(answer.body.toString()).toBe("POST /a%20b hello");
  });

  test(`the query is told apart from the path over ${name}`, async () => {
    await using tank = await serving(({ path, query }) => ok(`${path} ${query.get("a")}`));
    const { body } = await ask(tank.port, { path: "/p?a=1%2F2&b" });
    expect(body.toString()).toBe("/p 1/2");
  });

  test(`a body of exactly the bound is taken over ${name}`, async () => {
    await using tank = await serving(({ body }) => ok(String(body.length)), { maxBodyBytes: 1000 });
    expect((await ask(tank.port, { body: Buffer.alloc(1000) })).body.toString()).toBe("1000");
  });

  test(`a body over the bound is refused with 413 over ${name}, and the handler not asked`, async () => {
    let asked = 0;
    const handle = () => {
      asked += 1;
      return ok();
    };
    await using tank = await serving(handle, { maxBodyBytes: 1000 });
    const { status, body } = await ask(tank.port, { body: Buffer.alloc(1001) });
    expect(status).toBe(413);
    expect(JSON.parse(body.toString()).__type).toBe("RequestEntityTooLargeException");
    expect(asked).toBe(0);
    expect((await ask(tank.port, { body: "small" })).status).toBe(200);
  });

  test(`a client that sends far too much over ${name} is still told so`, async () => {
    await using tank = await serving(echo, { maxBodyBytes: 1000 });
    expect((await ask(tank.port, { body: Buffer.alloc(4 * 1024 * 1024) })).status).toBe(413);
  });

  test(`a HEAD over ${name} gets the headers and no body`, async () => {
    await using tank = await serving(() => ok("twelve bytes"));
    const { headers, body } = await ask(tank.port, { method: "HEAD" });
    expect(headers["content-length"]).toBe("12");
    expect(body).toHaveLength(0);
  });

  test(`an answer of status 204 over ${name} has neither body nor length`, async () => {
    await using tank = await serving(() => ({ status: 204, headers: {}, body: "dropped" }));
    const { status, headers, body } = await ask(tank.port);
    expect([status, headers["content-length"], body.length]).toEqual([204, undefined, 0]);
  });

  test(`a handler that fails over ${name} answers 500, and the server goes on`, async () => {
    let isBroken = true;
    await using tank = await serving(() => {
      if (isBroken) throw new Error("out of water");
      return ok();
    });
    expect((await ask(tank.port)).status).toBe(500);
    expect(warn).toHaveBeenCalledWith(new Error("out of water"));
    isBroken = false;
    expect((await ask(tank.port)).status).toBe(200);
  });

  test(`a hundred requests at once over ${name} get their own answers`, async () => {
    await using tank = await serving(echo);
    const bodies = Array.from({ length: 100 }, (_, index) => `body ${index}`);
    const answers = await Promise.all(bodies.map((body) => ask(tank.port, { body })));
    expect(answers.map(({ body }) => body.toString())).toEqual(
      bodies.map((body) => `POST / ${body}`),
    );
  });
}

test("an answer that cannot be written becomes a 500, and the server goes on", async () => {
  let header = "broken\r\nheader";
  await using tank = await serving(() => ({
    status: 200,
    headers: { "x-name": header },
    body: "",
  }));
  expect((await viaHttp1(tank.port)).status).toBe(500);
  expect(warn).toHaveBeenCalledWith(expect.objectContaining({ code: "ERR_INVALID_CHAR" }));
  header = "sound";
  expect((await viaHttp1(tank.port)).status).toBe(200);
});

test("a body that comes in chunks of unknown length is bounded as well", async () => {
  await using tank = await serving(echo, { maxBodyBytes: 8 });
  using connection = new RawConnection(tank.port);
  await connection.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
  await connection.send("5\r\nabcde\r\n");
  await connection.send("5\r\nabcde\r\n");
  await until(() => connection.received.includes("HTTP/1.1 413"));
});

test("a client that waits for 100 Continue before its body is told to go on", async () => {
  await using tank = await serving(echo);
  using connection = new RawConnection(tank.port);
  await connection.send(
    "PUT /key HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n",
  );
  await until(() => connection.received.startsWith("HTTP/1.1 100 Continue\r\n\r\n"));
  await connection.send("hello");
  await until(() => connection.received.includes("PUT /key hello"));
});

test("two requests that follow one another on one connection are answered in order", async () => {
  await using tank = await serving(echo);
  using connection = new RawConnection(tank.port);
  await connection.send(
    "GET /first HTTP/1.1\r\nHost: a\r\n\r\nGET /second HTTP/1.1\r\nHost: a\r\n\r\n",
  );
  await until(() => connection.received.includes("GET /second"));
  expect(connection.received.indexOf("GET /first")).toBeLessThan(
    connection.received.indexOf("GET /second"),
  );
});

test("a port that is taken is reported with what to do about it", async () => {
  await using tank = await serving(echo);
  const second = serving(echo, { port: tank.port });
  await expect(second).rejects.toBeInstanceOf(WavetankError);
  await expect(second).rejects.toMatchObject({
    code: "ERR_PORT_IN_USE",
    message: `Port ${tank.port} is in use.`,
    hint: expect.stringContaining("--port 0"),
  });
});
