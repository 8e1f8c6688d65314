import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { inject } from "vitest";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";
import { freePort } from "../support/free-port.ts";

export interface Said {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** One `docker compose` project of its own, on a free port, taken down when it is disposed. */
export class ComposeProject implements AsyncDisposable {
  readonly name: string;
  readonly #files: readonly string[];
  readonly #env: Readonly<Record<string, string>>;
  readonly #port = freePort();

  /** @param files compose files besides docker-compose.yml */
  constructor(
    purpose: string,
    { files = [], env = {} }: { files?: string[]; env?: Record<string, string> } = {},
  ) {
    this.name = `${inject("containerLabel")}-${purpose}`;
    this.#files = ["docker-compose.yml", ...files];
    this.#env = env;
  }

  /** Runs a compose command; its exit code is part of the answer. */
  async run(...words: string[]): Promise<Said> {
    const files = this.#files.flatMap((file) => ["--file", file]);
    const all = ["compose", "--project-name", this.name, ...files, ...words];
    const env = { ...process.env, WAVETANK_PORT: String(await this.#port), ...this.#env };
    const options = { cwd: packageRoot(), env, maxBuffer: 64 * 1024 * 1024 };
    try {
      const { stdout, stderr } = await promisify(execFile)("docker", all, options);
      return { exitCode: 0, stdout, stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { exitCode: code, stdout, stderr };
    }
  }

  /** Starts the services and waits until they are healthy. */
  async up(...services: string[]): Promise<void> {
    const { exitCode, stderr } = await this.run("up", "--wait", ...services);
    if (exitCode === 0) return;
    const { stdout } = await this.run("logs", "--tail", "30");
    throw new Error(`compose up ended with ${exitCode}:\n${stderr}\n${stdout}`);
  }

  /** Where the tank answers this machine. */
  async url(): Promise<string> {
    return `http://127.0.0.1:${await this.#port}`;
  }

  /** Containers, networks and volumes that bear the project's label. */
  async left(): Promise<string[]> {
    const filter = ["--quiet", "--filter", `label=com.docker.compose.project=${this.name}`];
    const listed = await Promise.all(
      [
        ["ps", "--all"],
        ["network", "ls"],
        ["volume", "ls"],
      ].map((words) => promisify(execFile)("docker", [...words, ...filter])),
    );
    return listed.flatMap(({ stdout }) => stdout.split("\n").filter(Boolean));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.run("--profile", "*", "down", "--volumes", "--timeout", "2");
  }
}
