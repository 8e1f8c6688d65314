import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WavetankError } from "../core/errors.ts";
import { isAlive } from "../core/is-alive.ts";

/** A tank that runs on this machine, as it wrote itself down for the other commands to find. */
export interface RunningTank {
  readonly pid: number;
  readonly port: number;
  readonly url: string;
  readonly region: string;
  readonly version: string;
  /** Epoch ms. */
  readonly startedAt: number;
}

/** One folder per user, or one user's tank would be another's. */
const folder = join(tmpdir(), `wavetank-${process.getuid?.() ?? "user"}`);

/** Writes a tank down until disposed. */
export function announce(tank: RunningTank): Disposable {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = fileOf(tank.port);
  writeFileSync(file, JSON.stringify(tank), { mode: 0o600 });
  return { [Symbol.dispose]: () => rmSync(file, { force: true }) };
}

/** Every tank that runs; what dead ones left behind is removed. */
export function runningTanks(): RunningTank[] {
  const tanks: RunningTank[] = [];
  for (const name of listing()) {
    const file = join(folder, name);
    const tank = read(file);
    if (tank && isAlive(tank.pid)) tanks.push(tank);
    else rmSync(file, { force: true });
  }
  return tanks.sort((a, b) => b.startedAt - a.startedAt);
}

/**
 * The tank that a command is about: the one on `port`, or the newest.
 * @throws WavetankError ERR_NOT_RUNNING
 */
export function findTank(port?: number): RunningTank {
  const tank = runningTanks().find((candidate) => port === undefined || candidate.port === port);
  if (tank) return tank;
  throw new WavetankError(
    "ERR_NOT_RUNNING",
    port === undefined ? "No tank is running." : `No tank is running on port ${port}.`,
    { hint: "Start one with `wavetank start`, or with `npm start` in a checkout." },
  );
}

function fileOf(port: number): string {
  return join(folder, `${port}.json`);
}

function listing(): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".json"));
  } catch {
    return [];
  }
}

function read(file: string): RunningTank | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as RunningTank;
  } catch {
    return undefined;
  }
}
