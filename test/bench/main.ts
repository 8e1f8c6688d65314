import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { type DayFigures, dayRound } from "./day.ts";
import { type EndpointFigures, endpointRound } from "./endpoints.ts";
import { delayRound, invokeRound } from "./invoking.ts";
import { type KinesisFigures, rawRound, sdkRound } from "./kinesis.ts";
import { median } from "./load.ts";
import { lossRound, lossRows, type MonthFigures, monthRound, monthRows } from "./power-usage.ts";
import { Server } from "./process.ts";
import { report } from "./report.ts";
import { Rounds } from "./rounds.ts";
import { type Row, tableOf } from "./rows.ts";
import { hasCompose, type PlaceFigures, sideBySide } from "./side-by-side.ts";
import { salesRound, salesRows } from "./store-sales.ts";
import { measureDemo, measureStart, startTank } from "./tank.ts";
import { type WineFigures, wineRound, wineRows } from "./wine.ts";

const SECONDS = 3;
let port = 21_100;

/** What can be measured alone: `npm run bench -- power-usage wine`. */
const alone: Record<string, () => Promise<Row[]>> = {
  wine: async () => wineRows(await wineRound(nextPort())),
  "power-usage": async () => monthRows(await monthRound(nextPort())),
  losses: async () => lossRows(await lossRound()),
  "store-sales": async () => salesRows(await salesRound(nextPort())),
};
const names = process.argv.slice(2);
if (names.length > 0) {
  const rows: Row[] = [];
  for (const name of names) {
    const measure = alone[name];
    if (!measure) throw new Error(`alone there are ${Object.keys(alone).join(", ")}, not ${name}`);
    note(name);
    rows.push(...(await measure()));
  }
  process.stdout.write(`${tableOf(rows)}\n`);
  process.exit();
}

if (!existsSync("test/bench/peers/node_modules")) {
  note("installing the peers…");
  const options = {
    cwd: "test/bench/peers",
    stdio: ["ignore", 2, 2] as ["ignore", number, number],
  };
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], options);
}

const answersKinesis = async (url: string) => {
  const headers = {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": "Kinesis_20131202.ListStreams",
    authorization:
      "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/kinesis/aws4_request, SignedHeaders=host, Signature=0",
    "x-amz-date": "20260101T000000Z",
  };
  return (await fetch(url, { method: "POST", headers, body: "{}" })).ok;
};

const peers = "test/bench/peers/node_modules";
const engines: Record<string, (port: number) => Promise<Server>> = {
  wavetank: (port) => startTank(port, ["start"]),
  "null server": (port) =>
    Server.start({
      name: "null server",
      command: [process.execPath, "test/bench/null-server.js", String(port)],
      port,
      isReady: answersKinesis,
    }),
  kinesalite: (port) =>
    Server.start({
      name: "kinesalite",
      command: [
        process.execPath,
        `${peers}/kinesalite/cli.js`,
        "--createStreamMs",
        "50",
        "--port",
        String(port),
      ],
      port,
      isReady: answersKinesis,
    }),
  "kinesis-local": (port) =>
    Server.start({
      name: "kinesis-local",
      // It looks for its own files where it is started.
      command: [process.execPath, "main.js"],
      cwd: `${peers}/kinesis-local`,
      port,
      env: {
        KINESIS_MOCK_PLAIN_PORT: String(port),
        KINESIS_MOCK_TLS_PORT: String(port + 1000),
        LOG_LEVEL: "ERROR",
      },
      isReady: answersKinesis,
    }),
};

const rounds = new Rounds();
const streams = await rounds.all("Kinesis, with every engine", async () => ({
  sdk: await streamsRound(),
  allCores: await rawRate(),
  // Node's garbage collector would otherwise use as many cores as there are.
  oneCore: await rawRate(["--single-threaded-gc"]),
}));

/** All engines in turns of a second: what else the machine does then falls on all alike. */
async function streamsRound(): Promise<Record<string, KinesisFigures[]>> {
  const servers: Server[] = [];
  const figures: Record<string, KinesisFigures[]> = {};
  try {
    for (const start of Object.values(engines)) servers.push(await start(nextPort()));
    for (let turn = 0; turn < SECONDS; turn += 1) {
      for (const server of servers) {
        figures[server.name] ??= [];
        figures[server.name]?.push(await sdkRound(server, 1));
      }
    }
    return figures;
  } finally {
    for (const server of servers) await server[Symbol.asyncDispose]();
  }
}

async function rawRate(nodeOptions: readonly string[] = []): Promise<number> {
  await using tank = await startTank(nextPort(), ["start"], nodeOptions);
  await sdkRound(tank, 0.1);
  return await rawRound(tank, SECONDS);
}

const starts = await rounds.all("start", () => measureStart(nextPort()));
const demos = await rounds.all("all five pipelines", () => measureDemo(nextPort()));
const ports = () => ({ tank: nextPort(), plain: nextPort() });
const invokes = await rounds.all("Invoke", () => invokeRound(ports(), SECONDS));
const endpoints = await rounds.all("InvokeEndpoint", () =>
  endpointRound({ tank: nextPort(), express: nextPort(), http: nextPort() }, SECONDS),
);
const days = await rounds.all("24 hours", dayRound);
const wines = await rounds.all("wine at 1,000 requests/s for a minute", () =>
  wineRound(nextPort()),
);
const months = await rounds.all("a month through power-usage", () => monthRound(nextPort()));
const sales = await rounds.one(
  "store-sales: a batch transform, and a minute of a multi-model endpoint",
  () => salesRound(nextPort()),
);
// What is counted there, not timed, is the same on a busy machine.
note("200,000 records through crashes and refused writes");
const lost = await lossRound();
const delays = await rounds.one("put to handler", () => delayRound(nextPort(), 200));

const places = hasCompose()
  ? await rounds.all("embedded and docker compose", () =>
      sideBySide({ embedded: nextPort(), compose: nextPort() }, 2_000),
    )
  : [];

const text = report({
  kinesis: Object.fromEntries(Object.keys(engines).map((name) => [name, middleKinesis(name)])),
  raw: {
    allCores: median(streams.map(({ allCores }) => allCores)),
    oneCore: median(streams.map(({ oneCore }) => oneCore)),
  },
  start: middleStart(starts),
  demo: middleStart(demos),
  invoke: middle(invokes),
  endpoint: middleEndpoint(endpoints),
  delays,
  day: middleDay(days),
  wine: middleWine(wines),
  month: middleMonth(months),
  lost,
  sales,
  ...(places.length > 0 && {
    places: {
      embedded: middlePlace(places.map(({ embedded }) => embedded)),
      compose: middlePlace(places.map(({ compose }) => compose)),
    },
  }),
  rounds: rounds.count,
  disturbance: rounds.disturbance,
});
writeFileSync("test/bench/REPORT.md", text);
process.stdout.write(text);

function middleKinesis(engine: string): KinesisFigures {
  const figures = streams.flatMap(({ sdk }) => sdk[engine] ?? []);
  return {
    putRecord: median(figures.map(({ putRecord }) => putRecord)),
    putRecords: median(figures.map(({ putRecords }) => putRecords)),
    getRecords: median(figures.map(({ getRecords }) => getRecords)),
  };
}

function middleStart(figures: readonly { readyMs: number; memoryMb: number }[]) {
  return {
    readyMs: median(figures.map(({ readyMs }) => readyMs)),
    memoryMb: median(figures.map(({ memoryMb }) => memoryMb)),
  };
}

function middlePlace(figures: readonly PlaceFigures[]): PlaceFigures {
  return {
    firstPredictionMs: median(figures.map(({ firstPredictionMs }) => firstPredictionMs)),
    rate: median(figures.map(({ rate }) => rate)),
    memoryMb: median(figures.map(({ memoryMb }) => memoryMb)),
  };
}

function middleEndpoint(figures: readonly EndpointFigures[]): EndpointFigures {
  const of = (read: (each: EndpointFigures) => number) => median(figures.map(read));
  return {
    oneRow: {
      tank: of(({ oneRow }) => oneRow.tank),
      express: of(({ oneRow }) => oneRow.express),
      http: of(({ oneRow }) => oneRow.http),
    },
    manyRows: {
      tank: of(({ manyRows }) => manyRows.tank),
      http: of(({ manyRows }) => manyRows.http),
    },
    addedMs: of(({ addedMs }) => addedMs),
  };
}

function middleMonth(months: readonly MonthFigures[]): MonthFigures {
  const of = (read: (each: MonthFigures) => number) => median(months.map(read));
  return {
    rows: of(({ rows }) => rows),
    seconds: of(({ seconds }) => seconds),
    cpuSeconds: of(({ cpuSeconds }) => cpuSeconds),
    // One row lost once is lost.
    stored: Math.min(...months.map(({ stored }) => stored)),
  };
}

/** The minute with the middle 99th percentile; what one minute did not answer is missing in all. */
function middleWine(minutes: readonly WineFigures[]): WineFigures {
  const byTail = [...minutes].sort((a, b) => a.p99Ms - b.p99Ms);
  const middle = byTail[Math.floor(byTail.length / 2)] as WineFigures;
  return { ...middle, succeeded: Math.min(...minutes.map(({ succeeded }) => succeeded)) };
}

function middleDay(days: readonly DayFigures[]): DayFigures {
  const of = (read: (each: DayFigures) => number) => median(days.map(read));
  return {
    seconds: of(({ seconds }) => seconds),
    activities: of(({ activities }) => activities),
    maxInstances: of(({ maxInstances }) => maxInstances),
  };
}

function middle(results: readonly { tank: number; plain: number }[]) {
  return {
    tank: median(results.map(({ tank }) => tank)),
    plain: median(results.map(({ plain }) => plain)),
  };
}

function nextPort(): number {
  port += 1;
  return port;
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}
