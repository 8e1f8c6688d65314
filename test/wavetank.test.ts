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

test("a body is bounded by what its headers say of its service, a foreign page's by next to nothing", async () => {
  await using tank = await startTank();
  const post = (headers: Record<string, string>, bytes: number) =>
    fetch(tank.url, { method: "POST", headers, body: Buffer.alloc(bytes) }).then(
      ({ status }) => status,
      () => "cut off",
    );
  const sagemaker = { "x-amz-target": "SageMaker.ListModels" };
  expect([413, "cut off"]).toContain(await post(sagemaker, 2 * 1024 * 1024));
  const foreign = { origin: "https://example.com" };
  expect(await post(foreign, 1_000)).toBe(403);
  expect([413, "cut off"]).toContain(await post(foreign, 1024 * 1024));
});
