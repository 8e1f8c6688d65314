import { drive, RawClient } from "./load.ts";
import { type Paced, pace } from "./paced.ts";
import { atMost, count, milliseconds, percent, promise, type Row } from "./rows.ts";
import { stolenSince } from "./stolen.ts";
import { startTank } from "./tank.ts";

const RATE = 1_000;
const SECONDS = 60;
const CONNECTIONS = 64;
const ROW = "14.23,1.71,2.43,15.6,127,2.8,3.06,0.28,2.29,5.64,1.04,3.92,1065";

export interface WineFigures extends Paced {
  /** Requests/s right after that minute with no pace to keep: what the machine could do just then. */
  readonly mostPerSecond: number;
  /** The share of the processors' time that the host gave to others meanwhile. */
  readonly stolen: number | undefined;
}

/** wine at its promised rate, through its API, its function and its endpoint, once all of them are warm. */
export async function wineRound(port: number): Promise<WineFigures> {
  await using tank = await startTank(port, ["start", "handlers/wine/template.yaml"]);
  using client = await RawClient.connect(tank.url, CONNECTIONS);
  const request = client.encode({
    // An API's id derives from its stack and its logical id.
    path: "/_api/lugu50n1jj/DummyStage/wine",
    headers: { "content-type": "text/csv" },
    body: Buffer.from(ROW),
  });
  const connections = CONNECTIONS;
  await pace(client, request, { rate: RATE, seconds: SECONDS / 2, connections });
  const stolen = stolenSince();
  const paced = await pace(client, request, { rate: RATE, seconds: SECONDS, connections });
  const ofMinute = stolen();
  const most = await drive(() => client.send(request), { callers: connections, seconds: 5 });
  return { ...paced, stolen: ofMinute, mostPerSecond: most.rate };
}

export function wineRows(figures: WineFigures): Row[] {
  const { succeeded, requests, p99Ms, stolen, mostPerSecond } = figures;
  const taken = stolen === undefined ? "" : `; ${percent(stolen)} of the processors stolen`;
  const meanwhile = ` (the machine could ${count(mostPerSecond)}/s${taken})`;
  return [
    promise(
      "wine through its API at 1,000 requests/s for 60 s, answered",
      succeeded / requests,
      1,
      percent,
    ),
    atMost(`the same, 99th percentile${meanwhile}`, p99Ms, 100, milliseconds),
  ];
}
