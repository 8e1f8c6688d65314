import { createRequire, isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { OnLoadResult, OnResolveArgs, OnResolveResult, Plugin } from "esbuild";
import { NativePackages, PROVIDED, tankRequire } from "./node-modules.ts";
import { IN_SDK, OTHER_PACKAGE, SDK_MODULE } from "./sdk-names.ts";

const TANK = dirname(fileURLToPath(import.meta.url));
/** Marks a question of the plugin's own, which must not come back to it. */
const ASKED = { asked: true };

/**
 * Finds packages from the handler's folder, provided ones else from the tank's. A package with native code
 * stays where it is `installed` and is required from there, or is left to be found `beside` the bundle.
 * Where the SDK is known to be the handler's `own`, esbuild finds it by itself, in a third less time.
 */
export function resolvePackages({
  native: place,
  sdk,
}: {
  native: "installed" | "beside";
  sdk: "own" | "provided";
}): Plugin {
  return {
    name: "packages",
    setup(build) {
      const native = new NativePackages();

      const filter = sdk === "own" ? OTHER_PACKAGE : /^[^./]/;
      build.onResolve({ filter }, async (args): Promise<OnResolveResult | undefined> => {
        const { path, importer, pluginData } = args;
        if (pluginData === ASKED || isBuiltin(path)) return undefined;
        if (SDK_MODULE.test(path) && IN_SDK.test(importer)) return undefined;
        const { kind, resolveDir } = args;
        const asked = { kind, importer, pluginData: ASKED };
        let found = await build.resolve(path, { ...asked, resolveDir });
        let from = resolveDir;
        if (found.errors.length > 0 && PROVIDED.test(path)) {
          from = TANK;
          found = await build.resolve(path, { ...asked, resolveDir: from });
        }
        if (found.errors.length > 0) return undefined;
        if (native.owns(found.path) && place === "beside") return { path, external: true };
        if (native.owns(found.path)) return stayInstalled(args, { from, path: found.path });
        const { namespace, sideEffects, suffix, external } = found;
        return { path: found.path, namespace, sideEffects, suffix, external };
      });

      build.onResolve({ filter: /\.node$/ }, ({ path, resolveDir }) => ({
        path: join(resolveDir, path),
        namespace: "native",
      }));

      build.onLoad(
        { filter: /.*/, namespace: "native" },
        ({ path }): OnLoadResult => ({
          // Named through a variable, so that esbuild does not look into it.
          contents: `const installed = ${JSON.stringify(path)};module.exports = require(installed);`,
          loader: "js",
        }),
      );
    },
  };
}

/** CommonJS is required, so that named imports work as they do for bundled code; ES modules are imported. */
function stayInstalled(
  { path }: OnResolveArgs,
  found: { from: string; path: string },
): OnResolveResult {
  const require = found.from === TANK ? tankRequire : createRequire(join(found.from, "handler.js"));
  try {
    return { path: require.resolve(path), namespace: "native" };
  } catch {
    return { path: pathToFileURL(found.path).href, external: true };
  }
}
