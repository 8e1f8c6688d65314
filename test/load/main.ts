import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Server } from "../bench/process.ts";
import { type ArtilleryResult, runArtillery } from "./artillery.ts";
import { type Burst, burst } from "./burst.ts";
import { type LoadResult, report } from "./report.ts";
import type { LoadScenario, Steady } from "./scenario.ts";
import { rideDuration } from "./scenarios/ride-duration.ts";
import { sentiment } from "./scenarios/sentiment.ts";
import { wine } from "./scenarios/wine.ts";
import { burstVerdicts, steadyVerdicts, type Verdict } from "./verdict.ts";
import { InstanceWatch } from "./watch.ts";

const scenarios: Readonly<Record<string, LoadScenario>> = {
  "ride-duration": rideDuration,
  sentiment,
  wine,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rate: { type: "string" },
    duration: { type: "string" },
    port: { type: "string", default: "45700" },
  },
});
const [name = ""] = positionals;
const scenario = scenarios[name];
if (!scenario) {
  note(`usage: npm run load -- <${Object.keys(scenarios).join("|")}> [--rate 500] [--duration 30]`);
  process.exit(2);
}
install();
process.exitCode = (await run(scenario)) ? 0 : 1;

/** Resolves with whether all thresholds were kept. */
async function run({ pipeline, endpoint, steady, bursts }: LoadScenario): Promise<boolean> {
  const startedAt = Date.now();
  note(`deploying ${pipeline}…`);
  await using tank = await startTank(pipeline);
  const watch = endpoint && new InstanceWatch(tank.url, endpoint);
  const verdicts: Verdict[] = [];
  let result: ArtilleryResult | undefined;
  if (steady) {
    const plan = {
      ...steady,
      rate: Number(values.rate ?? steady.rate),
      durationSeconds: Number(values.duration ?? steady.durationSeconds),
    };
    note("warm-up…");
    await runArtillery(tank.url, warmUpOf(plan), () => undefined);
    note(`${plan.rate} requests/s for ${plan.durationSeconds} s…`);
    result = await runArtillery(tank.url, plan, progress);
    const rate = Math.min(plan.rate, plan.thresholds.rate);
    verdicts.push(...steadyVerdicts(result, { ...plan.thresholds, rate }));
  }
  const burned: Burst[] = [];
  for (const { request, requests, rate } of bursts ?? []) {
    note(`${requests} requests at once…`);
    const done = await burst(tank.url, request, requests);
    burned.push(done);
    verdicts.push(...burstVerdicts(done, { rate }));
  }
  watch?.stop();
  write({
    name,
    startedAt,
    sightings: watch?.sightings ?? [],
    bursts: burned,
    verdicts,
    versions: versions(),
    ...(result && { steady: result }),
  });
  return verdicts.every(({ isKept }) => isKept);
}

/** Half of the load for half as long, which no figure counts: until functions are there and compiled. */
function warmUpOf(plan: Steady): Steady {
  const durationSeconds = Math.ceil(plan.durationSeconds / 2);
  return { ...plan, rate: Math.ceil(plan.rate / 2), durationSeconds };
}

function startTank(pipeline: string): Promise<Server> {
  const port = Number(values.port);
  const words = ["start", `handlers/${pipeline}/template.yaml`, "--quiet", "--limits", "off"];
  return Server.start({
    name: "wavetank",
    command: [process.execPath, "bin/wavetank.js", ...words, "--port", String(port)],
    port,
    isReady: async (url) => (await fetch(`${url}/_wavetank/health`)).status === 200,
  });
}

function write(result: LoadResult): void {
  const file = `dist/load/${result.name}.html`;
  mkdirSync("dist/load", { recursive: true });
  writeFileSync(file, report(result));
  for (const { what, measured, wanted, isKept } of result.verdicts) {
    process.stdout.write(`${isKept ? "✔" : "✘"} ${what}: ${measured} (${wanted})\n`);
  }
  note(`report: ${file}`);
}

/** Artillery says a lot; its counts of each interval are what shows that it goes on. */
function progress(line: string): void {
  if (/^(http\.request_rate|Metrics for period)/.test(line)) note(`  ${line.trim()}`);
}

function versions(): Record<string, string> {
  const of = (file: string) =>
    (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
  return {
    wavetank: of("package.json"),
    "Node.js": process.version,
    Artillery: of("test/load/node_modules/artillery/package.json"),
  };
}

/** Artillery is larger than everything else together, so that only load runs install it. */
function install(): void {
  if (existsSync("test/load/node_modules/artillery/package.json")) return;
  note("installing Artillery (first use, some minutes)…");
  // Its dependencies' install scripts fetch browsers, which nothing here drives.
  const words = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  execFileSync("npm", words, { cwd: "test/load", stdio: ["ignore", 2, 2] });
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}
