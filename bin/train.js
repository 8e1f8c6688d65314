// `npm run train -- <pipeline> --data <path>`: runs the pipeline's training script with the user's Python.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./prepare.js";

const [pipeline, ...options] = process.argv.slice(2);
const script = join(root, "fixtures", pipeline ?? "", "train.py");
if (!pipeline || !existsSync(script)) {
  process.stderr.write("usage: npm run train -- <pipeline> --data <path>, e.g. ride-duration\n");
  process.exit(2);
}
const python = process.env.WAVETANK_PYTHON ?? "python3";
const { status, error } = spawnSync(python, [script, ...options], { stdio: "inherit" });
if (error) process.stderr.write(`${python} could not be started: ${error.message}\n`);
process.exit(status ?? 1);
