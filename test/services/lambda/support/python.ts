import { spawnSync } from "node:child_process";

/** Whether this machine has an interpreter for Python functions. */
export const hasPython = spawnSync("python3", ["--version"]).status === 0;
