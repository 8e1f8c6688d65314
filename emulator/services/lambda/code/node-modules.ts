import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, sep } from "node:path";

/**
 * Packages that a function finds although its code lacks them: the AWS SDK, which AWS's Node.js runtimes
 * bring along, and onnxruntime, whose native library the tank has for this machine.
 */
export const PROVIDED = /^(@aws-sdk\/|@smithy\/|onnxruntime-(node|common)$)/;

/** Resolves as code of the tank's own would. */
export const tankRequire = createRequire(import.meta.url);

/** A package that loads a compiled library can only be loaded from where it is installed. */
export class NativePackages {
  readonly #known = new Map<string, boolean>();

  /** Whether the file belongs to a package with native code. */
  owns(file: string): boolean {
    const root = packageRoot(file);
    if (root === undefined) return false;
    const known = this.#known.get(root);
    if (known !== undefined) return known;
    const isNative = hasNativeCode(root);
    this.#known.set(root, isNative);
    return isNative;
  }
}

const MODULES = `${sep}node_modules${sep}`;

/** The folder of the installed package that a file is part of; `undefined` for code of one's own. */
function packageRoot(file: string): string | undefined {
  const at = file.lastIndexOf(MODULES);
  if (at < 0) return undefined;
  const start = at + MODULES.length;
  const [scope = "", name = ""] = file.slice(start).split(sep);
  return file.slice(0, start) + (scope.startsWith("@") ? join(scope, name) : scope);
}

// What the dependencies of a package that loads a compiled library are called.
const NATIVE_LOADERS =
  /^(bindings|node-gyp-build|node-gyp|node-addon-api|prebuild-install|@mapbox\/node-pre-gyp|nan)$/;
const MAX_FOLDERS = 200;

function hasNativeCode(root: string): boolean {
  if (existsSync(join(root, "binding.gyp"))) return true;
  const manifest = readManifest(join(root, "package.json"));
  const needed = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
  if (manifest.gypfile || manifest.binary || needed.some((name) => NATIVE_LOADERS.test(name))) {
    return true;
  }
  // Packages like sharp keep each platform's library in an optional package named after it.
  const platform = new RegExp(`[-/]${process.platform}[-_]`);
  if (Object.keys(manifest.optionalDependencies ?? {}).some((name) => platform.test(name))) {
    return true;
  }
  return holdsLibrary(root);
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly gypfile?: boolean;
  readonly binary?: unknown;
}

function readManifest(path: string): Manifest {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Manifest;
  } catch {
    return {};
  }
}

/** Looks for a `*.node` file, in a package's own folders and not too many of them. */
function holdsLibrary(root: string): boolean {
  const waiting = [root];
  for (let seen = 0; seen < MAX_FOLDERS; seen += 1) {
    const folder = waiting.shift();
    if (folder === undefined) return false;
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isFile() && entry.name.endsWith(".node")) return true;
      if (entry.isDirectory() && entry.name !== "node_modules") {
        waiting.push(join(folder, entry.name));
      }
    }
  }
  return false;
}

/** Whether Node.js takes the file for an ES module: by its ending, else by the nearest package.json. */
export function isEsModule(file: string): boolean {
  if (file.endsWith(".mjs")) return true;
  if (!file.endsWith(".js")) return false;
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (basename(folder) === "node_modules" || folder === dirname(folder)) return false;
    const manifest = join(folder, "package.json");
    if (existsSync(manifest)) {
      return (readManifest(manifest) as { type?: string }).type === "module";
    }
  }
}
