import { drive, type Measured, median, RawClient } from "./load.ts";
import type { Server } from "./process.ts";

/** A server, and the path that it is asked at. */
export interface Place {
  readonly server: Server;
  readonly path: string;
}

export interface Load {
  readonly connections: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
  /** Of each server, all its turns together. */
  readonly seconds: number;
}

export type Compared<Name extends string> = Record<Name, { rate: number; p50Ms: number }>;

const SLICES = 8;

/** The servers in turns of a fraction of the time each: what else the machine does then falls on all alike. */
export async function alternating<Name extends string>(
  places: Readonly<Record<Name, Place>>,
  { connections, headers, body, seconds }: Load,
): Promise<Compared<Name>> {
  const clients = await Promise.all(
    Object.entries<Place>(places).map(async ([name, { server, path }]) => {
      const client = await RawClient.connect(server.url, connections);
      const call = client.encode({ path, headers, body });
      return { name, client, act: () => client.send(call), slices: [] as Measured[] };
    }),
  );
  // Until all are compiled.
  for (const { act } of clients) await drive(act, { callers: connections, seconds: 1.5 });
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
  ) as Compared<Name>;
}
