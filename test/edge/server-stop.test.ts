import { Agent, request } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { expect, test } from "vitest";
import { until } from "../support/tank.ts";
import { type AskVia, echo, ok, RawConnection, serving, viaHttp1, viaHttp2 } from "./serving.ts";

const protocols: [string, AskVia][] = [
  ["HTTP/1.1", viaHttp1],
  ["plain-text HTTP/2", viaHttp2],
];

/** Holds requests until they are let go. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const held = { count: 0, open: () => open(), opened };
  return held;
}

for (const [name, ask] of protocols) {
  test(`stopping lets a request over ${name} that is under way end`, async () => {
    const held = gate();
    const tank = await serving(async () => {
      held.count += 1;
      await held.opened;
      return ok("in time");
    });
    const asked = ask(tank.port);
    await until(() => held.count === 1);
    let isClosed = false;
    const closing = tank.server.close().then(() => {
      isClosed = true;
    });
    // New connections are refused while the old request is waited for.
    await expect(viaHttp1(tank.port)).rejects.toThrow();
    expect(isClosed).toBe(false);
    held.open();
    expect((await asked).body.toString()).toBe("in time");
    await closing;
  });

  test(`stopping sends a large answer over ${name} to its end`, async () => {
    const held = gate();
    const large = Buffer.alloc(24 * 1024 * 1024, "w");
    const tank = await serving(async () => {
      held.count += 1;
      await held.opened;
      return ok(large);
    });
    const asked = ask(tank.port);
    await until(() => held.count === 1);
    const closing = tank.server.close();
    held.open();
    expect((await asked).body.equals(large)).toBe(true);
    await closing;
  });

  test(`a request over ${name} that does not end is cut off after the grace period`, async () => {
    let signal: AbortSignal | undefined;
    const tank = await serving(async (request) => {
      signal = request.signal();
      return new Promise(() => {});
    });
    const asked = ask(tank.port).catch((error: unknown) => error);
    await until(() => signal !== undefined);
    await tank.server.close(20);
    expect(await asked).toBeInstanceOf(Error);
    await until(() => signal?.aborted === true);
  });
}

test("idle keep-alive connections are closed, and the port can be bound again at once", async () => {
  const tank = await serving(echo);
  const agent = new Agent({ keepAlive: true });
  await new Promise<void>((resolve, reject) => {
    request({ host: "127.0.0.1", port: tank.port, agent }, (response) => {
      response.resume().on("end", resolve);
    })
      .on("error", reject)
      .end();
  });
  const session = connectHttp2(`http://127.0.0.1:${tank.port}`).on("error", () => {});
  await new Promise((resolve) => session.once("connect", resolve));
  using silent = new RawConnection(tank.port);
  await new Promise((resolve) => silent.socket.once("connect", resolve));
  const sessionClosed = new Promise((resolve) => session.once("close", resolve));

  await tank.server.close();
  await Promise.all([silent.closed, sessionClosed]);
  await using again = await serving(echo, { port: tank.port });
  expect(again.port).toBe(tank.port);
  expect((await viaHttp1(again.port)).status).toBe(200);
  agent.destroy();
});

test("an answer given while stopping asks its client not to come back on that connection", async () => {
  const held = gate();
  const tank = await serving(async () => {
    held.count += 1;
    await held.opened;
    return ok();
  });
  const asked = viaHttp1(tank.port, { headers: { connection: "keep-alive" } });
  await until(() => held.count === 1);
  const closing = tank.server.close();
  held.open();
  expect((await asked).headers.connection).toBe("close");
  await closing;
});

test("stopping twice, or before listening, is harmless", async () => {
  const tank = await serving(echo);
  await Promise.all([tank.server.close(), tank.server.close()]);
  await tank.server.close();
  const { EdgeServer } = await import("../../emulator/edge/server.ts");
  const options = { host: "127.0.0.1", port: 0, maxBodyBytes: 1 };
  await new EdgeServer({ handle: async () => ok() }, options).close();
});
