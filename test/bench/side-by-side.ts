import { execFileSync } from "node:child_process";
import { rides } from "../../fixtures/ride-duration/generate.ts";
import { memoryOf } from "./process.ts";
import { startTank } from "./tank.ts";

/** ride-duration in one place: embedded, or in containers with LocalStack. */
export interface PlaceFigures {
  /** From the command to the first prediction on its stream, ms. */
  readonly firstPredictionMs: number;
  /** Records per second from the first put to the last prediction. */
  readonly rate: number;
  /** Of all processes, MB. */
  readonly memoryMb: number;
}

const TEMPLATE = "handlers/ride-duration/template.yaml";
const PROJECT = "wavetank-bench";
/** What PutRecords takes at once. */
const CALL = 500;

/** The same pipeline, client and records in both places. */
export async function sideBySide(
  ports: { embedded: number; compose: number },
  records: number,
): Promise<{ embedded: PlaceFigures; compose: PlaceFigures }> {
  return {
    embedded: await embedded(ports.embedded, records),
    compose: await compose(ports.compose, records),
  };
}

/** Whether there is a Docker with Compose to measure with. */
export function hasCompose(): boolean {
  try {
    execFileSync("docker", ["compose", "version"], { stdio: "ignore" });
    execFileSync("docker", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

async function embedded(port: number, records: number): Promise<PlaceFigures> {
  const from = performance.now();
  await using tank = await startTank(port, ["start", TEMPLATE]);
  const stream = new RideStream(tank.url);
  await stream.predict(1);
  const firstPredictionMs = performance.now() - from;
  const rate = await stream.rate(records);
  return { firstPredictionMs, rate, memoryMb: tank.memoryMb() };
}

async function compose(port: number, records: number): Promise<PlaceFigures> {
  const run = (...words: string[]) =>
    execFileSync("docker", ["compose", "--project-name", PROJECT, ...words], {
      encoding: "utf8",
      env: { ...process.env, WAVETANK_PORT: String(port), COMPOSE_PROFILES: "localstack" },
      stdio: ["ignore", "pipe", "ignore"],
    });
  run("down", "--volumes", "--timeout", "1");
  try {
    const from = performance.now();
    run("up", "--wait");
    const stream = new RideStream(`http://127.0.0.1:${port}`);
    await stream.received(1);
    const firstPredictionMs = performance.now() - from;
    // The samples that the tank plays by itself.
    await stream.received(10);
    const rate = await stream.rate(records);
    const containers = run("ps", "--quiet").trim().split("\n");
    const format = ["inspect", "--format", "{{.State.Pid}}", ...containers];
    const pids = execFileSync("docker", format, { encoding: "utf8" })
      .trim()
      .split("\n")
      .map(Number);
    return { firstPredictionMs, rate, memoryMb: memoryOf(pids) };
  } finally {
    run("down", "--volumes", "--timeout", "1");
  }
}

/** Puts rides and counts the predictions that come of them. */
class RideStream {
  readonly #url: string;
  #received = 0;
  #iterator: string | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  async predict(count: number): Promise<void> {
    const before = this.#received;
    await this.#put(count);
    await this.received(before + count);
  }

  /** Records per second, of so many at once, after as many that warm up. */
  async rate(count: number): Promise<number> {
    await this.predict(count);
    const from = performance.now();
    await this.predict(count);
    return count / ((performance.now() - from) / 1000);
  }

  /** Resolves once so many predictions have come since the stream began. */
  async received(count: number): Promise<void> {
    while (this.#received < count) {
      this.#iterator ??= await this.#begin();
      const read = { ShardIterator: this.#iterator, Limit: 10_000 };
      const answer = await this.#call<{ Records: unknown[]; NextShardIterator: string }>(
        "GetRecords",
        read,
      );
      this.#received += answer.Records.length;
      this.#iterator = answer.NextShardIterator;
      // AWS's five reads a second, which LocalStack keeps to.
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async #begin(): Promise<string> {
    const { ShardIterator } = await this.#call<{ ShardIterator: string }>("GetShardIterator", {
      StreamName: "ride_predictions",
      ShardId: "shardId-000000000000",
      ShardIteratorType: "TRIM_HORIZON",
    });
    return ShardIterator;
  }

  async #put(count: number): Promise<void> {
    const Records = [...rides({ seed: 1, count })].map((ride) => ({
      PartitionKey: String(ride.ride_id),
      Data: Buffer.from(JSON.stringify(ride)).toString("base64"),
    }));
    for (let from = 0; from < count; from += CALL) {
      const part = Records.slice(from, from + CALL);
      await this.#call("PutRecords", { StreamName: "ride_events", Records: part });
    }
  }

  async #call<T>(operation: string, input: object): Promise<T> {
    const headers = {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `Kinesis_20131202.${operation}`,
      authorization:
        "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/kinesis/aws4_request, SignedHeaders=host, Signature=0",
    };
    const answer = await fetch(this.#url, { method: "POST", headers, body: JSON.stringify(input) });
    if (!answer.ok) throw new Error(`${operation}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}
