import { drive, RawClient } from "./load.ts";
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
  await using express = await alone("plain-model-server.js", ports.express);
  await using http = await alone("plain-model-http.js", ports.http);
  const invoke = "/endpoints/ride-duration/invocations";
  const load = async (
    [server, path]: readonly [Server, string],
    { connections, body }: { connections: number; body: Buffer },
  ) => {
    using client = await RawClient.connect(server.url, connections);
    const call = client.encode({ path, headers: csv, body });
    const act = () => client.send(call);
    await drive(act, { callers: connections, seconds: 0.7 });
    return await drive(act, { callers: connections, seconds });
  };
  const places = {
    tank: [tank, invoke],
    express: [express, "/invocations"],
    http: [http, "/invocations"],
  } as const;
  const rate = async (place: keyof typeof places, connections: number, body: Buffer) =>
    (await load(places[place], { connections, body })).rate;
  const p50 = async (place: keyof typeof places) =>
    (await load(places[place], { connections: 1, body: one })).p50Ms;
  return {
    oneRow: {
      tank: await rate("tank", 16, one),
      http: await rate("http", 16, one),
      express: await rate("express", 16, one),
    },
    manyRows: { tank: await rate("tank", 4, many), http: await rate("http", 4, many) },
    addedMs: (await p50("tank")) - (await p50("http")),
  };
}

function alone(program: string, port: number): Promise<Server> {
  return Server.start({
    name: program,
    command: [process.execPath, `test/bench/${program}`, String(port)],
    port,
    isReady: answers("/ping"),
  });
}
