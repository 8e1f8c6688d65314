import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Duplex, Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import type { ProcessExit } from "../model/function-error.ts";

export interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
  /** The whole environment: nothing of the tank's own is inherited. */
  readonly variables: Readonly<Record<string, string>>;
  /** A chunk of the channel on file descriptor 3. */
  received(chunk: Buffer): void;
  /** A line that something wrote to standard output or error, past the runtime's own log. */
  wrote(line: string): void;
  exited(exit: ProcessExit): void;
  notStarted(): void;
}

const isWindows = process.platform === "win32";

/** A process of the tank's, with a channel on file descriptor 3 and in a process group of its own. */
export class Child {
  readonly #child: ChildProcess;
  readonly #channel: Duplex;
  readonly #gone: Promise<void>;
  #isKilled = false;

  constructor(options: ChildOptions) {
    const { command, args, folder, variables } = options;
    this.#child = spawn(command, args, {
      cwd: folder,
      env: variables,
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      // Ctrl-C in a terminal goes to the tank alone, and what the code starts dies with it.
      detached: !isWindows,
      windowsHide: true,
    });
    const [, stdout, stderr, channel] = this.#child.stdio;
    this.#channel = channel as Duplex;
    this.#channel.on("data", options.received);
    // The process may be gone while an event is being written; its exit tells.
    this.#channel.on("error", () => undefined);
    eachLine(stdout as Readable, options.wrote);
    eachLine(stderr as Readable, options.wrote);
    this.#gone = new Promise((resolve) => {
      this.#child.on("error", () => {
        if (this.#child.pid !== undefined) return;
        options.notStarted();
        resolve();
      });
      this.#child.on("exit", (code, signal) => {
        this.#killGroup();
        // What somebody else keeps open is not waited for once the process was to end anyway.
        if (this.#isKilled) setImmediate(() => this.#channel.destroy());
        // The channel may still hold what the process wrote last.
        whenDrained(this.#channel, () => {
          options.exited({ code, signal });
          resolve();
        });
      });
    });
  }

  write(frame: Buffer): void {
    this.#channel.write(frame);
  }

  /** Resident memory in bytes, from Linux's process table; `undefined` elsewhere. */
  memoryBytes(): number | undefined {
    if (process.platform !== "linux" || this.#child.pid === undefined) return undefined;
    try {
      const status = readFileSync(`/proc/${this.#child.pid}/status`, "latin1");
      const kilobytes = /^VmRSS:\s+(\d+)/m.exec(status)?.[1];
      return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
    } catch {
      return undefined;
    }
  }

  /** Ends the process and everything that it started; resolves when it is gone. */
  kill(): Promise<void> {
    this.#isKilled = true;
    const { exitCode, signalCode } = this.#child;
    if (exitCode === null && signalCode === null) this.#killGroup();
    else this.#channel.destroy();
    return this.#gone;
  }

  #killGroup(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      if (isWindows) this.#child.kill("SIGKILL");
      else process.kill(-pid, "SIGKILL");
    } catch {
      // All gone already.
    }
  }
}

function eachLine(stream: Readable, act: (line: string) => void): void {
  const decoder = new StringDecoder("utf8");
  let partial = "";
  stream.on("data", (chunk: Buffer) => {
    const lines = (partial + decoder.write(chunk)).split("\n");
    partial = lines.pop() ?? "";
    for (const line of lines) act(line);
  });
  stream.on("end", () => {
    if (partial !== "") act(partial);
  });
  stream.on("error", () => undefined);
}

/** Calls back once the other end is closed and all that it sent has been read. */
function whenDrained(channel: Duplex, act: () => void): void {
  if (channel.readableEnded || channel.destroyed) act();
  else channel.once("close", act);
}
