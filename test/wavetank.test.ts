import { createServer } from "node:net";
import { expect, test } from "vitest";
import { startTank } from "./support/tank.ts";

test("health answers 503 until the tank is marked ready, then 200", async () => {
  await using tank = await startTank();
  expect((await fetch(`${tank.url}/_wavetank/health`)).status).toBe(503);
  tank.markReady();
  expect((await fetch(`${tank.url}/_wavetank/health`)).status).toBe(200);
});

test("status lists every service with its resources", async () => {
  await using tank = await startTank();
  await tank.call("s3", "CreateBucket", { Bucket: "models" });
  const status = await (await fetch(`${tank.url}/_wavetank/status`)).json();
  expect(status).toMatchObject({
    services: { s3: { resources: [{ type: "bucket", name: "models", state: "" }] } },
  });
  expect(tank.inventory()).toBe("s3 1 bucket");
});

test("a page of another origin learns nothing of the tank", async () => {
  await using tank = await startTank();
  const headers = { origin: "https://example.com" };
  expect((await fetch(`${tank.url}/_wavetank/status`, { headers })).status).toBe(403);
});

test("a reset forgets every resource", async () => {
  await using tank = await startTank();
  await tank.call("s3", "CreateBucket", { Bucket: "models" });
  await tank.call("kinesis", "CreateStream", { StreamName: "rides" });
  await tank.reset();
  expect(tank.inventory()).toBe("");
});

test("a tank that is stopped twice stops once, and its port is free", async () => {
  const tank = await startTank();
  await Promise.all([tank.stop(), tank.stop()]);
  await new Promise<void>((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(tank.port, "127.0.0.1", () => probe.close(() => resolve()));
  });
});
