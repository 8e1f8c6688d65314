import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Steady } from "./scenario.ts";

/** What Artillery counted in ten seconds. */
export interface Interval {
  /** Epoch ms. */
  readonly at: number;
  readonly seconds: number;
  readonly requests: number;
  /** Answers by status, and failures by their code: "200", "ECONNRESET". */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

interface Counted {
  readonly counters: Record<string, number>;
  readonly summaries: Record<string, { p50: number; p95: number; p99: number } | undefined>;
  readonly period: number;
  readonly firstMetricAt: number;
  readonly lastMetricAt: number;
}

export interface ArtilleryResult {
  readonly total: Interval;
  readonly intervals: readonly Interval[];
}

const PROGRAM = "test/load/node_modules/.bin/artillery";

/** Runs Artillery against a URL; `onLine` gets what it says meanwhile. */
export async function runArtillery(
  url: string,
  plan: Steady,
  onLine: (line: string) => void,
): Promise<ArtilleryResult> {
  const folder = await mkdtemp(join(tmpdir(), "wavetank-load-"));
  try {
    const script = join(folder, "scenario.json");
    const output = join(folder, "result.json");
    await writeFile(script, JSON.stringify(scriptOf(url, plan)));
    await ended(spawnArtillery(["run", "--output", output, script]), onLine);
    const { aggregate, intermediate } = JSON.parse(await readFile(output, "utf8")) as {
      aggregate: Counted;
      intermediate: Counted[];
    };
    return { total: interval(aggregate), intervals: intermediate.map(interval) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Artillery's own description of a run: https://www.artillery.io/docs/reference/test-script */
function scriptOf(url: string, { request, rate, durationSeconds }: Steady): object {
  const { method, path, headers, body } = request;
  const act = { url: path, headers, ...(method === "POST" && { body }) };
  return {
    config: {
      target: url,
      phases: [{ duration: durationSeconds, arrivalRate: rate }],
      http: { pool: 64, timeout: 60 },
    },
    scenarios: [{ flow: [{ [method.toLowerCase()]: act }] }],
  };
}

function spawnArtillery(words: readonly string[]) {
  const env = { ...process.env, ARTILLERY_DISABLE_TELEMETRY: "true", NO_UPDATE_NOTIFIER: "1" };
  return spawn(PROGRAM, words, { stdio: ["ignore", "pipe", "inherit"], env });
}

async function ended(
  child: ReturnType<typeof spawnArtillery>,
  onLine: (line: string) => void,
): Promise<void> {
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    for (const line of text.split("\n")) if (line.trim()) onLine(line);
  });
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`Artillery ended with ${code}`);
}

function interval({ counters, summaries, period, firstMetricAt, lastMetricAt }: Counted): Interval {
  const outcomes: Record<string, number> = {};
  for (const [name, count] of Object.entries(counters)) {
    const outcome = /^(?:http\.codes|errors)\.(.+)$/.exec(name)?.[1];
    if (outcome) outcomes[outcome] = count;
  }
  const { p50 = 0, p95 = 0, p99 = 0 } = summaries["http.response_time"] ?? {};
  const seconds = Math.max(1, (lastMetricAt - firstMetricAt) / 1000);
  return {
    at: Number(period),
    seconds,
    requests: counters["http.requests"] ?? 0,
    outcomes,
    p50,
    p95,
    p99,
  };
}
