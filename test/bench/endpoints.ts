import { drive, type Measured, median, RawClient } from "./load.ts";
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
  const invoke = "/endpoints/ride-duration/invocations";
  const places: Record<string, readonly [Server, string]> = {
    tank: [tank, invoke],
    http: [http, "/invocations"],
    express: [express, "/invocations"],
  };
  const compare = (names: readonly string[], load: Load) =>
    alternating(
      names.map((name) => [name, ...(places[name] as readonly [Server, string])]),
      {
        ...load,
        seconds,
      },
    );
  const oneRow = await compare(["tank", "http", "express"], { connections: 16, body: one });
  const manyRows = await compare(["tank", "http"], { connections: 4, body: many });
  const alone = await compare(["tank", "http"], { connections: 1, body: one });
  return {
    oneRow: { tank: oneRow.tank.rate, http: oneRow.http.rate, express: oneRow.express.rate },
    manyRows: { tank: manyRows.tank.rate, http: manyRows.http.rate },
    addedMs: alone.tank.p50Ms - alone.http.p50Ms,
  };
}

interface Load {
  readonly connections: number;
  readonly body: Buffer;
}

type Figures = Record<"tank" | "http" | "express", { rate: number; p50Ms: number }>;

const SLICES = 8;

/** The servers in turns of a fraction of the time each: what else the machine does then falls on all alike. */
async function alternating(
  places: readonly (readonly [name: string, server: Server, path: string])[],
  { connections, body, seconds }: Load & { seconds: number },
): Promise<Figures> {
  const clients = await Promise.all(
    places.map(async ([name, { url }, path]) => {
      const client = await RawClient.connect(url, connections);
      const call = client.encode({ path, headers: csv, body });
      return { name, client, act: () => client.send(call), slices: [] as Measured[] };
    }),
  );
  for (const { act } of clients) await drive(act, { callers: connections, seconds: 0.7 });
  for (let slice = 0; slice < SLICES; slice += 1) {
    for (const { act, slices } of clients) {
      slices.push(await drive(act, { callers: connections, seconds: seconds / SLICES }));
    }
  }
  for (const { client } of clients) client[Symbol.dispose]();
  return Object.fromEntries(
    clients.map(({ name, slices }) => [
      name,
      {
        rate: median(slices.map(({ rate }) => rate)),
        p50Ms: median(slices.map(({ p50Ms }) => p50Ms)),
      },
    ]),
  ) as Figures;
}

function standalone(program: string, port: number): Promise<Server> {
  return Server.start({
    name: program,
    command: [process.execPath, `test/bench/${program}`, String(port)],
    port,
    isReady: answers("/ping"),
  });
}
