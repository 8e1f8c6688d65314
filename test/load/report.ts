import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import type { ArtilleryResult, Interval } from "./artillery.ts";
import type { Burst } from "./burst.ts";
import type { Verdict } from "./verdict.ts";
import type { Sighting } from "./watch.ts";

/** All that one load run has found out. */
export interface LoadResult {
  readonly name: string;
  readonly startedAt: number;
  readonly steady?: ArtilleryResult;
  readonly sightings: readonly Sighting[];
  readonly bursts: readonly Burst[];
  readonly verdicts: readonly Verdict[];
  /** Names and versions of what took part. */
  readonly versions: Readonly<Record<string, string>>;
}

const UPLOT = "test/load/node_modules/uplot/dist";

/** One HTML file that needs nothing else: tables and charts over time. */
export function report(result: LoadResult): string {
  const { name, startedAt, verdicts, versions, steady, bursts } = result;
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
  const read = (file: string) => readFileSync(`${UPLOT}/${file}`, "utf8");
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Load: ${asHtml(name)}</title>
<style>${read("uPlot.min.css")}
body { font: 15px/1.5 system-ui, sans-serif; max-width: 900px; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
td, th { border-bottom: 1px solid #ddd; padding: .3rem .8rem; text-align: left; }
.missed { color: #b00020; font-weight: 600; }
</style>
<h1>Load: ${asHtml(name)}</h1>
<p>${new Date(startedAt).toISOString()}, ${asHtml(machine)}. ${Object.entries(versions)
    .map(([what, version]) => `${asHtml(what)} ${asHtml(version)}`)
    .join(", ")}.</p>
<h2>Thresholds</h2>
${table(
  ["what", "measured", "wanted", ""],
  verdicts.map(({ what, measured, wanted, isKept }) => [
    what,
    measured,
    wanted,
    isKept ? "kept" : '<span class="missed">missed</span>',
  ]),
)}
${steady ? `<h2>Over time</h2>\n<div id="charts"></div>\n${outcomesTable(steady.total)}` : ""}
${bursts.length > 0 ? `<h2>All at once</h2>\n${burstTable(bursts)}` : ""}
<script type="application/json" id="data">${json(seriesOf(result))}</script>
<script>${read("uPlot.iife.min.js")}</script>
<script>${DRAW}</script>
</html>
`;
}

/** What the charts draw: one list of times, in seconds, for all of them. */
function seriesOf({ steady, sightings }: LoadResult): object {
  const intervals = steady?.intervals ?? [];
  const instancesAt = (at: number) =>
    sightings.findLast((seen) => seen.at <= at)?.instances ?? null;
  const errorsOf = ({ outcomes }: Interval) =>
    sum(Object.entries(outcomes).map(([outcome, count]) => (outcome.startsWith("2") ? 0 : count)));
  return {
    times: intervals.map(({ at }) => at / 1000),
    rate: intervals.map(({ requests, seconds }) => requests / seconds),
    errors: intervals.map((each) => errorsOf(each) / each.seconds),
    p50: intervals.map(({ p50 }) => p50),
    p95: intervals.map(({ p95 }) => p95),
    p99: intervals.map(({ p99 }) => p99),
    instances: intervals.map(({ at, seconds }) => instancesAt(at + seconds * 1000)),
  };
}

const DRAW = `
const data = JSON.parse(document.getElementById("data").textContent);
const charts = document.getElementById("charts");
const fromZero = (_, min, max) => [0, Math.max(1, max * 1.1)];
const draw = (title, lines) => charts && new uPlot({
  title, width: 860, height: 240,
  scales: { y: { range: fromZero }, count: { range: fromZero } },
  series: [{}, ...lines.map(({ label, stroke, scale = "y" }) => ({ label, stroke, scale, width: 2, spanGaps: true }))],
  axes: [{}, {}, ...(lines.some(({ scale }) => scale) ? [{ scale: "count", side: 1, grid: { show: false } }] : [])],
}, [data.times, ...lines.map(({ values }) => values)], charts);
draw("Requests per second", [
  { label: "requests", stroke: "#1a56db", values: data.rate },
  { label: "errors", stroke: "#b00020", values: data.errors },
]);
draw("Latency (ms) and instances", [
  { label: "p50", stroke: "#0e9f6e", values: data.p50 },
  { label: "p95", stroke: "#c27803", values: data.p95 },
  { label: "p99", stroke: "#b00020", values: data.p99 },
  ...(data.instances.some((count) => count !== null)
    ? [{ label: "instances", stroke: "#5850ec", scale: "count", values: data.instances }] : []),
]);
`;

function outcomesTable({ outcomes }: Interval): string {
  const rows = Object.entries(outcomes).map(([outcome, count]) => [outcome, number(count)]);
  return table(["answer or error", "requests"], rows);
}

function burstTable(bursts: readonly Burst[]): string {
  return table(
    ["requests at once", "succeeded", "took", "per second", "p50", "p99", "answers"],
    bursts.map(({ requests, succeeded, tookMs, latencies, outcomes }) => [
      number(requests),
      number(succeeded),
      `${(tookMs / 1000).toFixed(1)} s`,
      number(requests / (tookMs / 1000)),
      `${number(quantile(latencies, 0.5))} ms`,
      `${number(quantile(latencies, 0.99))} ms`,
      Object.entries(outcomes)
        .map(([outcome, count]) => `${outcome}: ${number(count)}`)
        .join(", "),
    ]),
  );
}

/** Cells are HTML. */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join("")}</tr>`;
  return `<table>${row(heads, "th")}${rows.map((cells) => row(cells, "td")).join("")}</table>`;
}

export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function number(value: number): string {
  return Math.round(value).toLocaleString("en");
}

function asHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** JSON that cannot end the script it stands in. */
function json(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
