import { WavetankError } from "../core/errors.ts";
import type { Pipeline } from "../pipelines/pipeline.ts";
import { version } from "../version.ts";
import { Wavetank, type WavetankOptions } from "../wavetank.ts";
import { banner } from "./banner.ts";
import { deployAll } from "./deploying.ts";
import { exitCodes } from "./exit-codes.ts";
import { duration, type Output } from "./output.ts";
import { playAll } from "./playing.ts";
import { portOwner } from "./port-owner.ts";
import { type LogFormat, requestLog } from "./request-log.ts";
import { announce, runningTanks } from "./running.ts";
import { onStopSignal } from "./signals.ts";

export interface ForegroundOptions {
  readonly tank: WavetankOptions & { readonly port: number };
  readonly log: LogFormat;
  readonly templates: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
  /** Deploys what the tank knows of a template, and only warns of the rest. */
  readonly loose: boolean;
  /** Pipelines whose samples are played once all is deployed. */
  readonly pipelines: readonly Pipeline[];
  /** Ends once the samples have been played. */
  readonly once: boolean;
  /** Plays the samples over and over, in place of once. */
  readonly steady?: { readonly rate: number; readonly durationMs: number };
  readonly output: Output;
}

/** Runs a tank until it is told to stop, or once through. Resolves with the exit code. */
export async function runInForeground(options: ForegroundOptions): Promise<number> {
  const { output, once } = options;
  const stop = new AbortController();
  const tank = new Wavetank({ ...options.tank, onStopRequest: () => stop.abort() });
  using _signals = onStopSignal({
    stop: () => {
      output.note("stopping… (Ctrl-C again to force)");
      stop.abort();
    },
    force: () => output.note("stopped by force; what was under way is lost"),
  });
  const setLog = logSwitch(tank, output);
  setLog(options.pipelines.length > 0 && options.log === "text" ? "quiet" : options.log);

  try {
    await untilAborted(stop.signal, startTank(tank, options.tank.port));
    if (stop.signal.aborted) return exitCodes.done;
    using _announced = announce({
      pid: process.pid,
      port: tank.port,
      url: tank.url,
      region: tank.scope.region,
      version: version(),
      startedAt: Date.now(),
    });
    const independent = options.pipelines.length > 0;
    const deploying = deployAll(tank, { ...options, independent, signal: stop.signal });
    const addresses = (await untilAborted(stop.signal, deploying)) ?? [];
    tank.markReady();
    // Since the process began: what the user has waited.
    const readyInMs = performance.now();
    await untilAborted(stop.signal, playAll(tank, { ...options, signal: stop.signal }));
    if (once || stop.signal.aborted) return exitCodes.done;
    setLog(options.log);
    if (output.isJson) output.data({ ready: true, url: tank.url, readyInMs, addresses }, "");
    else output.line(banner(tank, { readyInMs, addresses, output }));
    await untilAborted(stop.signal, new Promise(() => {}));
    return exitCodes.done;
  } finally {
    const stoppingAt = performance.now();
    await tank.stop();
    if (stop.signal.aborted) output.note(`stopped in ${duration(performance.now() - stoppingAt)}`);
  }
}

/** The request log, whose format changes once the samples have been played. */
function logSwitch(tank: Wavetank, output: Output): (format: LogFormat) => void {
  let current: Disposable | undefined;
  return (format) => {
    current?.[Symbol.dispose]();
    current = tank.events.on(requestLog(output, format));
  };
}

async function startTank(tank: Wavetank, port: number): Promise<void> {
  try {
    await tank.start();
  } catch (error) {
    if (error instanceof WavetankError && error.code === "ERR_PORT_IN_USE")
      throw explain(port, error);
    throw error;
  }
}

/** Says by whom the port is in use, and what to do about it. */
function explain(port: number, cause: WavetankError): WavetankError {
  if (runningTanks().some((tank) => tank.port === port)) {
    return new WavetankError("ERR_PORT_IN_USE", `Port ${port} is in use by another tank.`, {
      hint: `Stop it with \`wavetank stop --port ${port}\`, or start this one with --port 0.`,
      cause,
    });
  }
  const owner = portOwner(port);
  return new WavetankError(
    "ERR_PORT_IN_USE",
    `Port ${port} is in use${owner ? ` by ${owner}` : ""}.`,
    { hint: "Stop it, or start the tank on another port: --port 0 takes a free one.", cause },
  );
}

/** Waits for `work`, but not beyond the moment at which a stop is asked for. */
async function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T | undefined> {
  if (signal.aborted) return undefined;
  const aborted = new Promise<undefined>((resolve) => {
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  return Promise.race([work, aborted]);
}
