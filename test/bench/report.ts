import { cpus, totalmem } from "node:os";
import type { Losses } from "../pipelines/power-usage-losses.ts";
import type { DayFigures } from "./day.ts";
import type { EndpointFigures } from "./endpoints.ts";
import type { KinesisFigures } from "./kinesis.ts";
import { lossRows, type MonthFigures, monthRows } from "./power-usage.ts";
import type { Disturbance } from "./rounds.ts";
import {
  atMost,
  count,
  finely,
  megabytes,
  milliseconds,
  percent,
  promise,
  type Row,
  tableOf,
  times,
} from "./rows.ts";
import type { PlaceFigures } from "./side-by-side.ts";
import { type SalesFigures, salesRows } from "./store-sales.ts";
import { type WineFigures, wineRows } from "./wine.ts";

export interface Figures {
  readonly kinesis: Readonly<Record<string, KinesisFigures>>;
  /** Records per second. */
  readonly raw: { allCores: number; oneCore: number };
  readonly start: { readyMs: number; memoryMb: number };
  /** With all five pipelines. */
  readonly demo: { readyMs: number; memoryMb: number };
  readonly invoke: { tank: number; plain: number };
  readonly endpoint: EndpointFigures;
  /** Sorted, ms. */
  readonly delays: readonly number[];
  readonly day: DayFigures;
  readonly wine: WineFigures;
  readonly month: MonthFigures;
  readonly lost: Losses;
  readonly sales: SalesFigures;
  /** Absent where there is no Docker with Compose. */
  readonly places?: { readonly embedded: PlaceFigures; readonly compose: PlaceFigures };
  readonly rounds: number;
  readonly disturbance: Disturbance | undefined;
}

/** The report: what was measured, against what, and whether it is what we promise. */
export function report(figures: Figures): string {
  const {
    kinesis,
    raw,
    start,
    demo,
    invoke,
    endpoint,
    delays,
    day,
    wine,
    month,
    lost,
    sales,
    places,
    rounds,
    disturbance,
  } = figures;
  const tank = kinesis.wavetank as KinesisFigures;
  const none = kinesis["null server"] as KinesisFigures;
  const kinesalite = kinesis.kinesalite as KinesisFigures;
  const { oneRow, manyRows, addedMs } = endpoint;
  const p50 = delays[Math.floor(delays.length / 2)] ?? Number.NaN;
  const p99 = delays[Math.floor(delays.length * 0.99)] ?? Number.NaN;
  const promises: readonly Row[] = [
    promise("PutRecords, of the null server", tank.putRecords / none.putRecords, 0.75, percent),
    promise("GetRecords, of the null server", tank.getRecords / none.getRecords, 0.75, percent),
    promise("PutRecords, of kinesalite", tank.putRecords / kinesalite.putRecords, 5, times),
    promise("GetRecords, of kinesalite", tank.getRecords / kinesalite.getRecords, 3, times),
    promise("PutRecords, raw client, tank on one core, records/s", raw.oneCore, 200_000, count),
    promise(
      "InvokeEndpoint, of bare Express + onnxruntime",
      oneRow.tank / oneRow.express,
      2,
      times,
    ),
    promise(
      "InvokeEndpoint, of bare node:http + onnxruntime",
      oneRow.tank / oneRow.http,
      0.6,
      percent,
    ),
    promise("the same, 256 rows a call", manyRows.tank / manyRows.http, 0.8, percent),
    atMost("InvokeEndpoint, latency added to bare node:http, median", addedMs, 0.3, finely),
    promise("warm Invoke, of a bare JSON echo", invoke.tank / invoke.plain, 0.3, percent),
    ...wineRows(wine),
    ...monthRows(month),
    ...lossRows(lost),
    ...salesRows(sales),
    atMost("put to handler, median", p50, 10, milliseconds),
    atMost(
      "24 hours of up to 1,000 requests/s in virtual time",
      day.seconds * 1000,
      10_000,
      milliseconds,
    ),
    atMost("ready, pipeline deployed and model warm", start.readyMs, 1500, milliseconds),
    atMost("memory of the process tree (PSS)", start.memoryMb, 250, megabytes),
    atMost("ready, all five pipelines deployed", demo.readyMs, 3000, milliseconds),
    atMost("the same, memory of the process tree (PSS)", demo.memoryMb, 350, megabytes),
    ...(places
      ? [
          atMost(
            "docker compose up to the first prediction, images present",
            places.compose.firstPredictionMs,
            60_000,
            milliseconds,
          ),
        ]
      : []),
  ];
  return `# Bench

Written by \`npm run bench\`: median of ${rounds} rounds, every engine with the same client in the same run, on
${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}. Compare the ratios; the absolute
figures are this machine's.${disturbance ? `\n\n${quietness(disturbance)}` : ""}

## Promises

${tableOf(promises)}

## Kinesis, AWS SDK for JavaScript

Records of 200 bytes; 16 callers for PutRecord, 4 for PutRecords (500 records a call) and GetRecords (1,000 records a
call). The null server answers canned bytes: it shows what the client itself can do.

| engine | PutRecord/s | PutRecords records/s | GetRecords records/s |
|---|---|---|---|
${Object.entries(kinesis)
  .map(
    ([name, each]) =>
      `| ${name} | ${count(each.putRecord)} | ${count(each.putRecords)} | ${count(each.getRecords)} |`,
  )
  .join("\n")}

With requests encoded beforehand and a client that only moves bytes: ${count(raw.allCores)} records/s by PutRecords,
${count(raw.oneCore)} when the tank collects its garbage on its one thread too (\`--single-threaded-gc\`).

## Functions and endpoints

| what | the tank, requests/s | alone, requests/s | compared with |
|---|---|---|---|
| Invoke, warm, trivial handler, 16 connections | ${count(invoke.tank)} | ${count(invoke.plain)} | node:http that parses and writes JSON |
| InvokeEndpoint, one CSV row, 16 connections | ${count(oneRow.tank)} | ${count(oneRow.express)} | Express 5 and onnxruntime-node |
| the same | ${count(oneRow.tank)} | ${count(oneRow.http)} | node:http and onnxruntime-node |
| InvokeEndpoint, 256 CSV rows, 4 connections | ${count(manyRows.tank)} | ${count(manyRows.http)} | node:http and onnxruntime-node |

wine at 1,000 requests/s for a minute, through API, function and endpoint, data capture on: ${count(wine.succeeded)} of
${count(wine.requests)} answered; ${milliseconds(wine.p50Ms)} (median), ${milliseconds(wine.p99Ms)} (99th percentile), ${milliseconds(wine.maxMs)} at most, from when a
request was due. The client sends bytes and no more; \`npm run load -- wine\` has Artillery do the same.

A month through power-usage took ${month.cpuSeconds.toFixed(1)} s of processor time, the batch transform of store-sales
${sales.transform.cpuSeconds.toFixed(1)} s: the tank and its functions together. Under load, each call to the multi-model endpoint names another
model than the call before, so nearly each one loads a model and unloads another: ${count(sales.endpoint.calls)} calls in a minute,
${milliseconds(sales.endpoint.p99Ms)} (99th percentile).

From PutRecord to the handler: ${milliseconds(p50)} (median), ${milliseconds(p99)} (99th percentile) of ${delays.length} records.

From the command to ready, ride-duration deployed and its model warm: ${milliseconds(start.readyMs)}. The process tree then
occupies ${megabytes(start.memoryMb)}, with one function warm.

A day in virtual time, its requests counted by the minute: ${milliseconds(day.seconds * 1000)}. Target tracking moved the
endpoint's instance count ${day.activities} times, between 1 and ${day.maxInstances}.

## Side by side: embedded, and docker compose with LocalStack

${places ? sideBySideTable(places) : "Not measured: there was no Docker with Compose."}
`;
}

function quietness({ mostStolen, repeated, limit }: Disturbance): string {
  return `It is a virtual one, whose host gave up to ${percent(mostStolen)} of the processors' time to others during a round; ${repeated} rounds
during which it gave more than ${percent(limit)} were measured again, whatever they had measured.`;
}

function sideBySideTable({ embedded, compose }: NonNullable<Figures["places"]>): string {
  const row = (what: string, of: (figures: PlaceFigures) => string) =>
    `| ${what} | ${of(embedded)} | ${of(compose)} |`;
  return `ride-duration with its model behind the endpoint; images and packages present. In compose the mapping polls
LocalStack's stream once a second, as it would on AWS; embedded it is woken.

| | embedded, one process tree | docker compose with LocalStack |
|---|---|---|
${row("from the command to the first prediction", (each) => milliseconds(each.firstPredictionMs))}
${row("stream to prediction, records/s", (each) => count(each.rate))}
${row("memory of all processes (PSS)", (each) => megabytes(each.memoryMb))}`;
}
