import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { KinesisClient } from "@aws-sdk/client-kinesis";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";
import event from "../../handlers/ride-duration/event.json" with { type: "json" };
import { recordsOf } from "../support/records.ts";
import { startTank, until } from "../support/tank.ts";

const template = join(packageRoot(), "handlers/ride-duration/template.yaml");

/** A container's stand-in: answers what it is told to, and remembers what it was sent. */
async function emulator(answer: (body: string) => { status?: number; body: string } | "hang up") {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    bodies.push(body);
    const given = answer(body);
    if (given === "hang up") response.destroy();
    else response.writeHead(given.status ?? 200).end(given.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function deployedBefore(urls: string[]) {
  const tank = await startTank({ backends: { functions: { "ride-duration": urls } } });
  await tank.deploy(template);
  return tank;
}

const invoke = (payload: unknown = {}) =>
  new InvokeCommand({ FunctionName: "ride-duration", Payload: JSON.stringify(payload) });

test("Invoke and mappings reach a function behind the Runtime Interface Emulator", async () => {
  // Another tank has the emulator's path, too.
  await using container = await startTank({ rieFunction: "ride-duration" });
  await container.deploy(template);
  await using tank = await deployedBefore([container.url]);
  const lambda = tank.client(LambdaClient);
  const { Payload, FunctionError } = await lambda.send(invoke(event));
  expect(FunctionError).toBeUndefined();
  expect(JSON.parse(Payload?.transformToString() ?? "")).toMatchObject({
    predictions: [{ prediction: { ride_id: 256 } }],
  });
  await tank.call("kinesis", "PutRecord", {
    StreamName: "ride_events",
    PartitionKey: "1",
    Data: Buffer.from(JSON.stringify({ ...RIDE, ride_id: 7 })),
  });
  // The function's own SDK clients point at its container's tank: one record each of Invoke and mapping.
  const kinesis = container.client(KinesisClient);
  await until(async () => (await recordsOf(kinesis, "ride_predictions")).length === 2);
});

const RIDE = { ride: { PULocationID: 130, DOLocationID: 205, trip_distance: 3.66 } };

test.each([
  ["an error", '{"errorMessage":"no","errorType":"Error"}', "Unhandled", { errorMessage: "no" }],
  [
    "a timeout",
    "Task timed out after 3.00 seconds",
    "Unhandled",
    { errorType: "Sandbox.Timedout", errorMessage: "Task timed out after 3.00 seconds" },
  ],
  ["a result", '{"errorMessage":"none"}', undefined, { errorMessage: "none" }],
])(
  "%s comes back from the emulator, which answers 200 for all",
  async (_, body, error, expected) => {
    await using container = await emulator(() => ({ body }));
    await using tank = await deployedBefore([container.url]);
    const { FunctionError, Payload } = await tank.client(LambdaClient).send(invoke());
    expect(FunctionError).toBe(error);
    expect(JSON.parse(Payload?.transformToString() ?? "")).toMatchObject(expected);
  },
);

test("a container that is killed in the middle of a batch loses no record and uses up no attempt", async () => {
  let calls = 0;
  await using container = await emulator(() => {
    calls += 1;
    // More often than the template allows a function to fail.
    if (calls <= 4) return "hang up";
    return { body: '{"batchItemFailures":[]}' };
  });
  await using tank = await deployedBefore([container.url]);
  await tank.call("kinesis", "PutRecord", {
    StreamName: "ride_events",
    PartitionKey: "1",
    Data: Buffer.from(JSON.stringify({ ...RIDE, ride_id: 7 })),
  });
  await until(() => calls === 5);
  expect(new Set(container.bodies.map(sequenceNumbersIn)).size).toBe(1);
});

const sequenceNumbersIn = (body: string) =>
  (JSON.parse(body) as typeof event).Records.map(({ kinesis }) => kinesis.sequenceNumber).join();

test("a caller is told that the container cannot be reached, and where it was to be", async () => {
  const container = await emulator(() => ({ body: "null" }));
  await using tank = await deployedBefore([container.url]);
  await container[Symbol.asyncDispose]();
  await expect(tank.client(LambdaClient).send(invoke())).rejects.toMatchObject({
    name: "ServiceException",
    message: expect.stringContaining(`${container.url} cannot be reached`),
  });
});

test("several containers serve as many events at the same time, each one event", async () => {
  const busy = new Set<string>();
  let most = 0;
  const answer = (body: string) => {
    busy.add(body);
    most = Math.max(most, busy.size);
    setImmediate(() => busy.delete(body));
    return { body: "null" };
  };
  await using first = await emulator(answer);
  await using second = await emulator(answer);
  await using tank = await deployedBefore([first.url, second.url]);
  const lambda = tank.client(LambdaClient);
  await Promise.all(Array.from({ length: 20 }, (_, index) => lambda.send(invoke({ index }))));
  expect(first.bodies.length + second.bodies.length).toBe(20);
  expect(Math.min(first.bodies.length, second.bodies.length)).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(2);
});
