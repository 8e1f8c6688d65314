import { execFile, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { isAlive } from "../../emulator/core/is-alive.ts";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";

/** On every container of this suite, with the process that started it: `containers-4711`. */
export const LABEL = "wavetank.test";

const PREFIX = "containers-";
/** Compose's own label; its projects here are named after the process, too. */
const PROJECT = "com.docker.compose.project";
const PROBE_TIMEOUT_MS = 15_000;

/** Why no containers can be had here; `undefined` where Docker answers. */
export function dockerMissing(): string | undefined {
  try {
    docker("version", "--format", "{{.Server.Version}}");
    return undefined;
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: string };
    if (code === "ENOENT") return "the command docker is not there";
    const said = stderr?.trim().split("\n").at(-1);
    return `Docker does not answer${said ? `: ${said}` : ""}`;
  }
}

/** The image as `npm run images` tags it. */
export function image(name: string): string {
  const manifest = readFileSync(join(packageRoot(), "package.json"), "utf8");
  return `wavetank/${name}:${(JSON.parse(manifest) as { version: string }).version}`;
}

/** The label of a run, by the id of the process that owns it. */
export function labelOf(pid: number): string {
  return PREFIX + pid;
}

/** Removes what runs left behind that were killed; those still under way keep theirs. */
export function removeLeftovers(): void {
  for (const [id] of ofDeadRuns(["ps", "--all"], LABEL)) remove(id);
  for (const [id] of ofDeadRuns(["ps", "--all"], PROJECT)) remove(id);
  for (const [id] of ofDeadRuns(["network", "ls"], PROJECT)) docker("network", "rm", id);
}

/** The ids of what bears a label of a process that is gone. */
function ofDeadRuns(words: readonly string[], label: string): [id: string, label: string][] {
  const format = `{{.ID}} {{.Label "${label}"}}`;
  return docker(...words, "--filter", `label=${label}`, "--format", format)
    .split("\n")
    .map((line) => line.split(" ") as [string, string])
    .filter(([, value = ""]) => {
      const pid = /^containers-(\d+)/.exec(value)?.[1];
      return pid !== undefined && !isAlive(Number(pid));
    });
}

/** Removes the containers of one run. */
export function removeContainers(label: string): void {
  const listed = docker("ps", "--all", "--quiet", "--filter", `label=${LABEL}=${label}`);
  for (const id of listed.split("\n").filter(Boolean)) remove(id);
}

/** Runs a container until it ends. */
export async function runToEnd(
  name: string,
  { label, command }: { label: string; command: readonly string[] },
): Promise<{ exitCode: number; stderr: string }> {
  const words = ["run", "--rm", "--label", `${LABEL}=${label}`, image(name), ...command];
  try {
    const { stderr } = await promisify(execFile)("docker", words);
    return { exitCode: 0, stderr };
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string };
    return { exitCode: code, stderr };
  }
}

/** Stops a container as `docker stop` does, by SIGTERM, and says how it ended. */
export async function stopped(id: string): Promise<{ exitCode: number; tookMs: number }> {
  const startedAt = performance.now();
  await promisify(execFile)("docker", ["stop", "--time", "10", id]);
  const tookMs = performance.now() - startedAt;
  return { exitCode: Number(docker("inspect", "--format", "{{.State.ExitCode}}", id)), tookMs };
}

function remove(id: string): void {
  docker("rm", "--force", "--volumes", id);
}

function docker(...words: string[]): string {
  const options = { encoding: "utf8", stdio: "pipe", timeout: PROBE_TIMEOUT_MS } as const;
  return execFileSync("docker", words, options);
}
