// What a checkout needs before it can run: its packages installed, its program built. Plain JavaScript
// without imports from node_modules, since it runs when there are none.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Whether this is a checkout; the published package comes built and has no sources. */
export const isCheckout = existsSync(join(root, "emulator", "cli", "main.ts"));

/** Installs the locked packages unless they are there and no older than the lock file. */
export function install() {
  const lock = join(root, "package-lock.json");
  const installed = join(root, "node_modules", ".package-lock.json");
  if (existsSync(installed) && modifiedAt(installed) >= modifiedAt(lock)) return;
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

/** Builds dist/ when a source is newer than it. */
export function build() {
  const built = join(root, "dist", "main.js");
  if (existsSync(built) && modifiedAt(built) >= newest(join(root, "emulator"))) return;
  const { status } = spawnSync(process.execPath, [join(root, "bin", "build.js")], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) process.exit(1);
}

function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile())
      latest = Math.max(latest, modifiedAt(join(entry.parentPath ?? entry.path, entry.name)));
  }
  return latest;
}

function modifiedAt(file) {
  return statSync(file).mtimeMs;
}

function say(message) {
  process.stderr.write(`wavetank: ${message}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  install();
}
