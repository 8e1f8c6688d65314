// What a checkout needs before it can run: its packages installed, its program built. Plain JavaScript
// without imports from node_modules, since it runs when there are none.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Whether this is a checkout; the published package comes built and has no sources. */
export const isCheckout = existsSync(join(root, "emulator", "cli", "main.ts"));

/**
 * Installs and builds what is missing or out of date. One process at a time: others that start meanwhile wait, then
 * find it done.
 */
export function prepare() {
  if (isInstalled() && isBuilt()) return;
  const lock = join(root, ".preparing");
  while (!take(lock)) {
    if (isAbandoned(lock)) rmSync(lock, { force: true });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  }
  process.once("exit", () => rmSync(lock, { force: true }));
  install();
  build();
  rmSync(lock, { force: true });
}

/** Installs the locked packages unless they are there and no older than the lock file. */
export function install() {
  if (isInstalled()) return;
  say("installing packages (first use, about 20 s)…");
  // Not `npm ci`: it fails where a registry lacks the optional package of some other platform.
  const { status, error } = spawnSync(
    "npm",
    ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"],
    {
      cwd: root,
      stdio: ["ignore", 2, 2],
      shell: process.platform === "win32",
      // Without this onnxruntime-node downloads CUDA libraries, hundreds of megabytes nobody here uses.
      env: {
        ...process.env,
        ONNXRUNTIME_NODE_INSTALL: "skip",
        npm_config_update_notifier: "false",
      },
    },
  );
  if (status !== 0) {
    say(
      `the installation failed${error ? `: ${error.message}` : ""}; run \`npm install\` to see why`,
    );
    process.exit(1);
  }
}

function isInstalled() {
  const lock = join(root, "package-lock.json");
  const installed = join(root, "node_modules", ".package-lock.json");
  return existsSync(installed) && modifiedAt(installed) >= modifiedAt(lock);
}

/** Builds dist/ when a source is newer than it. */
function build() {
  if (isBuilt()) return;
  const { status } = spawnSync(process.execPath, [join(root, "bin", "build.js")], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) process.exit(1);
}

function isBuilt() {
  const built = join(root, "dist", "main.js");
  // The program takes in the generators of sample records as well.
  const sources = ["emulator", "fixtures"].map((folder) => newestSource(join(root, folder)));
  return existsSync(built) && modifiedAt(built) >= Math.max(...sources);
}

/** Creates the lock, with this process's id in it, unless there is one. */
function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

/** Whether the process that took the lock was killed before it could give it back. */
function isAbandoned(lock) {
  try {
    const owner = Number(readFileSync(lock, "utf8"));
    if (owner) process.kill(owner, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

/** When a source was last changed; what Python caches beside its own is none. */
function newestSource(folder) {
  const sources = readdirSync(folder, { recursive: true }).filter((name) =>
    /\.(ts|mjs|py)$/.test(name),
  );
  return Math.max(...sources.map((name) => modifiedAt(join(folder, name))));
}

function modifiedAt(file) {
  return statSync(file).mtimeMs;
}

function say(message) {
  process.stderr.write(`wavetank: ${message}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  prepare();
}
