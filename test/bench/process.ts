import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** A server under measurement, in a process of its own. */
export class Server implements AsyncDisposable {
  readonly name: string;
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(name: string, url: string, child: ChildProcess) {
    this.name = name;
    this.url = url;
    this.#child = child;
  }

  /** Starts a program and waits until `isReady` answers. `command` gets the port as its last words. */
  static async start(options: {
    name: string;
    command: readonly string[];
    port: number;
    env?: Record<string, string>;
    cwd?: string;
    isReady: (url: string) => Promise<boolean>;
  }): Promise<Server> {
    const [program = "", ...args] = options.command;
    const child = spawn(program, args, {
      stdio: ["ignore", "ignore", "ignore"],
      env: { ...process.env, ...options.env },
      cwd: options.cwd,
    });
    const url = `http://127.0.0.1:${options.port}`;
    const deadline = performance.now() + 30_000;
    while (!(await options.isReady(url).catch(() => false))) {
      if (child.exitCode !== null) throw new Error(`${options.name} ended with ${child.exitCode}`);
      if (performance.now() > deadline) throw new Error(`${options.name} did not start`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return new Server(options.name, url, child);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Proportional set size of the whole process tree, MB: shared pages count once. */
  memoryMb(): number {
    return memoryOf([this.pid]);
  }

  /** Processor time of the whole process tree so far, s: the same on a busy machine as on an idle one. */
  cpuSeconds(): number {
    return tree(this.pid).reduce((sum, pid) => sum + cpuSecondsOf(pid), 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.kill("SIGTERM");
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), 5_000);
    await ended;
    clearTimeout(timer);
  }
}

/** Proportional set size of processes and all their descendants, MB. */
export function memoryOf(pids: readonly number[]): number {
  return pids.flatMap(tree).reduce((sum, pid) => sum + pssMb(pid), 0);
}

function pssMb(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Resident memory of one process, MB. */
export function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024;
}

/** Linux counts in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/** Of a process and of those of its children that have ended. */
function cpuSecondsOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_SECOND;
  } catch {
    return 0;
  }
}

/** A process and all its descendants. */
function tree(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const fields = readFileSync(`/proc/${name}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
      parents.set(Number(name), Number(fields[1]));
    } catch {
      // It has ended since.
    }
  }
  const found = [pid];
  for (const parent of found) {
    for (const [child, of] of parents) if (of === parent) found.push(child);
  }
  return found;
}
