import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { packageRoot } from "../emulator/pipelines/pipeline.ts";

/** A checkout with its packages installed and nothing built. */
function freshCheckout(): { path: string } & Disposable {
  const root = packageRoot();
  const path = mkdtempSync(join(tmpdir(), "wavetank-checkout-"));
  for (const name of [
    "bin",
    "emulator",
    "fixtures",
    "handlers",
    "package.json",
    "package-lock.json",
  ]) {
    cpSync(join(root, name), join(path, name), { recursive: true, preserveTimestamps: true });
  }
  symlinkSync(join(root, "node_modules"), join(path, "node_modules"), "junction");
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

async function version(path: string): Promise<string> {
  const words = [join(path, "bin/wavetank.js"), "--version"];
  return (await promisify(execFile)(process.execPath, words)).stdout.trim();
}

const builtAt = (path: string) => statSync(join(path, "dist/main.js")).mtimeMs;

test("commands started at once on a fresh checkout all run", async () => {
  using checkout = freshCheckout();
  const { path } = checkout;
  const versions = await Promise.all([version(path), version(path), version(path)]);
  expect(new Set(versions)).toEqual(new Set(["0.1.0"]));
  expect(existsSync(join(path, ".preparing"))).toBe(false);
});

test("a lock whose owner was killed is taken over", async () => {
  using checkout = freshCheckout();
  const { path } = checkout;
  // No process has this id: it is above the highest that Linux and macOS give out.
  await writeFile(join(path, ".preparing"), "99999999");
  expect(await version(path)).toBe("0.1.0");
});

test("what Python caches beside a source is no reason to build again", async () => {
  using checkout = freshCheckout();
  const { path } = checkout;
  await version(path);
  const before = builtAt(path);
  mkdirSync(join(path, "emulator/__pycache__"));
  await writeFile(join(path, "emulator/__pycache__/module.cpython-311.pyc"), "");
  await version(path);
  expect(builtAt(path)).toBe(before);
});
