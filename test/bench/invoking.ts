import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { alternating } from "./alternating.ts";
import { jsonCall, RawClient } from "./load.ts";
import { Server } from "./process.ts";
import { startTank } from "./tank.ts";

const json = { "content-type": "application/json" };

/** Warm Invoke of a trivial handler against a server that only parses and writes JSON. */
export async function invokeRound(ports: { tank: number; plain: number }, seconds: number) {
  const body = Buffer.from(JSON.stringify({ hello: "world", n: 1 }));
  await using tank = await startTank(ports.tank, benchTemplate(tmpdir()));
  await using plain = await Server.start({
    name: "node:http",
    command: [process.execPath, "test/bench/plain-echo.js", String(ports.plain)],
    port: ports.plain,
    isReady: async (url) => (await fetch(url, { method: "POST", body: "{}" })).ok,
  });
  const places = {
    tank: { server: tank, path: "/2015-03-31/functions/bench-echo/invocations" },
    plain: { server: plain, path: "/" },
  };
  const measured = await alternating(places, { connections: 16, headers: json, body, seconds });
  return { tank: measured.tank.rate, plain: measured.plain.rate };
}

/** Milliseconds from a client's PutRecord to the handler that reads the record, sorted. */
export async function delayRound(port: number, records: number): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), "wavetank-bench-"));
  try {
    await using tank = await startTank(port, benchTemplate(folder));
    using client = await RawClient.connect(tank.url, 1);
    for (let index = 0; index < records; index += 1) {
      const sentAt = performance.timeOrigin + performance.now();
      const Data = Buffer.from(JSON.stringify({ sentAt })).toString("base64");
      const input = { StreamName: "bench_delays", PartitionKey: String(index), Data };
      await client.send(client.encode(jsonCall("Kinesis_20131202.PutRecord", input)));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const delays = readFileSync(join(folder, "delays"), "utf8").trim().split("\n").map(Number);
    return delays.sort((a, b) => a - b);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function benchTemplate(folder: string): string[] {
  const parameter = `DelaysFile=${join(folder, "delays")}`;
  return ["start", "test/bench/template.yaml", "--parameter", parameter];
}
