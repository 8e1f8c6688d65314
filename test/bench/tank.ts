import { Server } from "./process.ts";

const isHealthy = async (url: string) => (await fetch(`${url}/_wavetank/health`)).status === 200;

/** A tank from the built program, as a user starts it, without throughput limits. */
export function startTank(
  port: number,
  words: readonly string[],
  nodeOptions: readonly string[] = [],
): Promise<Server> {
  const program = [process.execPath, ...nodeOptions, "bin/wavetank.js"];
  const command = [...program, ...words, "--quiet", "--limits", "off"];
  return Server.start({
    name: "wavetank",
    command: [...command, "--port", String(port)],
    port,
    isReady: isHealthy,
  });
}

/** Starts the tank with ride-duration deployed and warm: how long it takes, and what it occupies. */
export async function measureStart(port: number) {
  const from = performance.now();
  await using tank = await startTank(port, ["start", "handlers/ride-duration/template.yaml"]);
  const readyMs = performance.now() - from;
  await ride(tank.url);
  return { readyMs, memoryMb: tank.memoryMb() };
}

/** Starts the tank as `npm start` does, until all five pipelines are deployed. */
export async function measureDemo(port: number) {
  const from = performance.now();
  await using tank = await startTank(port, ["demo"]);
  return { readyMs: performance.now() - from, memoryMb: tank.memoryMb() };
}

/** One ride through the pipeline, so that what is measured has worked. */
async function ride(url: string): Promise<void> {
  const call = async <T>(operation: string, input: object): Promise<T> => {
    const headers = { "x-amz-target": `Kinesis_20131202.${operation}` };
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(input) });
    return (await answer.json()) as T;
  };
  const data = { ride: { PULocationID: 130, DOLocationID: 205, trip_distance: 3.66 }, ride_id: 1 };
  await call("PutRecord", {
    StreamName: "ride_events",
    PartitionKey: "1",
    Data: Buffer.from(JSON.stringify(data)).toString("base64"),
  });
  const { ShardIterator } = await call<{ ShardIterator: string }>("GetShardIterator", {
    StreamName: "ride_predictions",
    ShardId: "0",
    ShardIteratorType: "TRIM_HORIZON",
  });
  for (;;) {
    const { Records } = await call<{ Records: unknown[] }>("GetRecords", { ShardIterator });
    if (Records.length > 0) return;
  }
}

/** What an SDK's client of the tank is made with. */
export function benchClient({ url }: Server) {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return { endpoint: url, region: "us-east-1", credentials };
}

const PATIENCE_MS = 300_000;
const ASKED_EVERY_MS = 100;

/** Asks until there is a value. */
export async function waitUntil<T>(find: () => Promise<T | undefined | false>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await find();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`not within ${PATIENCE_MS} ms: ${find}`);
    await new Promise((resolve) => setTimeout(resolve, ASKED_EVERY_MS));
  }
}
