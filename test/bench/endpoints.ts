import { alternating } from "./alternating.ts";
import { Server } from "./process.ts";
import { startTank } from "./tank.ts";

/** What an endpoint does beside the same model served by hand, in one run. */
export interface EndpointFigures {
  /** One row, 16 connections: requests/s. */
  readonly oneRow: { readonly tank: number; readonly express: number; readonly http: number };
  /** 256 rows, 4 connections: requests/s. */
  readonly manyRows: { readonly tank: number; readonly http: number };
  /** One row, one connection: what the tank takes longer than bare node:http, median, ms. */
  readonly addedMs: number;
}

const csv = { "content-type": "text/csv" };
const ROW = "130,205,3.66";
const one = Buffer.from(ROW);
const many = Buffer.from(`${ROW}\n`.repeat(256));
const answers = (path: string) => async (url: string) =>
  (await fetch(`${url}${path}`)).status < 500;

/** InvokeEndpoint of the tank against Express, and bare node:http, each with onnxruntime alone. */
export async function endpointRound(
  ports: { tank: number; express: number; http: number },
  seconds: number,
): Promise<EndpointFigures> {
  await using tank = await startTank(ports.tank, ["start", "handlers/ride-duration/template.yaml"]);
  await using express = await standalone("plain-model-server.js", ports.express);
  await using http = await standalone("plain-model-http.js", ports.http);
  const path = "/invocations";
  const places = {
    tank: { server: tank, path: "/endpoints/ride-duration/invocations" },
    http: { server: http, path },
    express: { server: express, path },
  };
  const two = { tank: places.tank, http: places.http };
  const oneRow = await alternating(places, { connections: 16, headers: csv, body: one, seconds });
  const manyRows = await alternating(two, { connections: 4, headers: csv, body: many, seconds });
  const alone = await alternating(two, { connections: 1, headers: csv, body: one, seconds });
  return {
    oneRow: { tank: oneRow.tank.rate, http: oneRow.http.rate, express: oneRow.express.rate },
    manyRows: { tank: manyRows.tank.rate, http: manyRows.http.rate },
    addedMs: alone.tank.p50Ms - alone.http.p50Ms,
  };
}

function standalone(program: string, port: number): Promise<Server> {
  return Server.start({
    name: program,
    command: [process.execPath, `test/bench/${program}`, String(port)],
    port,
    isReady: answers("/ping"),
  });
}
