import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { until } from "../support/tank.ts";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** The command as a user runs it, in a process of its own. */
export class Program implements AsyncDisposable {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<number | null>;
  stdout = "";
  stderr = "";

  constructor(words: readonly string[], env: Record<string, string> = {}, cwd = root) {
    this.#child = spawn(process.execPath, [join(root, "bin/wavetank.js"), ...words], {
      cwd,
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0", ...env },
    });
    this.#child.stdout.on("data", (chunk) => {
      this.stdout += chunk;
    });
    this.#child.stderr.on("data", (chunk) => {
      this.stderr += chunk;
    });
    this.#ended = new Promise((done) => this.#child.on("close", (code) => done(code)));
  }

  /** The exit code, once both streams have ended. */
  ended(): Promise<number | null> {
    return this.#ended;
  }

  /** Waits until the program has said something; fails when it ends without. */
  async says(text: string | RegExp): Promise<string> {
    const pattern = typeof text === "string" ? new RegExp(text) : text;
    return until(() => {
      const found = pattern.exec(this.stdout) ?? pattern.exec(this.stderr);
      if (found) return found[0];
      if (this.#child.exitCode !== null) throw new Error(`ended without it: ${this.stderr}`);
      return undefined;
    });
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended;
  }
}

/** Runs a command to its end. */
export async function run(
  words: readonly string[],
  env: Record<string, string> = {},
  cwd: string = root,
) {
  await using program = new Program(words, env, cwd);
  const code = await program.ended();
  return { code, stdout: program.stdout, stderr: program.stderr };
}
