import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { BuildFailure, BuildOptions, Message } from "esbuild";
import type { FunctionFault } from "../model/function-error.ts";
import { ownLocation } from "./bundle-locations.ts";
import { resolvePackages } from "./bundle-packages.ts";
import { buildWithEsbuild } from "./esbuild.ts";
import { SDK_MODULE } from "./sdk-names.ts";

/** A handler's module and all that it imports, in one ES module. */
export interface Bundle {
  readonly file: string;
  /** Absolute paths of the files that went into it. */
  readonly inputs: readonly string[];
}

/** What all bundles of handlers have in common, those for the tank and those to deploy. */
export const bundleSettings = {
  bundle: true,
  format: "esm",
  platform: "node",
  // ES modules rather than CommonJS where a package has both: the SDK's shrink to what is used.
  mainFields: ["module", "main"],
  conditions: ["module"],
  sourcesContent: false,
  metafile: true,
  logLevel: "silent",
} satisfies BuildOptions & { metafile: true };

/**
 * Bundles a handler's module as `sam build` with esbuild does, except that each module still finds its
 * own folder (`import.meta.url`, `__dirname`). The bundle exports the module as `handlerModule`.
 */
export async function bundle({
  module,
  folder,
  outputFolder,
}: {
  module: string;
  folder: string;
  outputFolder: string;
}): Promise<Bundle | { readonly fault: FunctionFault }> {
  const file = join(outputFolder, "index.mjs");
  const build = (sdk: "own" | "provided") =>
    buildWithEsbuild({
      ...bundleSettings,
      stdin: {
        contents: `export * as handlerModule from ${JSON.stringify(module)};`,
        resolveDir: folder,
        sourcefile: "handler",
      },
      absWorkingDir: folder,
      outfile: file,
      target: `node${process.versions.node}`,
      sourcemap: "inline",
      banner: { js: banner(module) },
      define: {
        "import.meta.url": "__moduleUrl",
        "import.meta.filename": "__filename",
        "import.meta.dirname": "__dirname",
      },
      plugins: [resolvePackages({ native: "installed", sdk }), ownLocation()],
    });
  try {
    const { metafile } = await build("own").catch((thrown) => {
      if (!lacksSdk(thrown)) throw thrown;
      return build("provided");
    });
    const inputs = Object.keys(metafile.inputs)
      .filter((input) => input !== "handler" && !/^[\w-]{2,}:/.test(input))
      .map((input) => resolve(folder, input));
    return { file, inputs };
  } catch (thrown) {
    const { errors } = thrown as Partial<BuildFailure>;
    if (!errors) throw thrown;
    return { fault: faultOf(errors, folder) };
  }
}

/** Whether a build failed for want of an SDK that the tank has. */
function lacksSdk({ errors = [] }: Partial<BuildFailure>): boolean {
  return errors.some((error) => SDK_MODULE.test(unresolved(error) ?? ""));
}

/** The module that was not found, where that is the error. */
function unresolved(error: Message | undefined): string | undefined {
  return /^Could not resolve "(.+)"/.exec(error?.text ?? "")?.[1];
}

/** What bundled code may ask for that its own file does not declare, by names that no other banner gives. */
function banner(module: string): string {
  const url = JSON.stringify(pathToFileURL(module).href);
  return `import { createRequire as __wavetankRequire } from "node:module";const require = __wavetankRequire(${url});globalThis.__moduleUrl = ${url};`;
}

/** A build's errors as the runtime would have reported them when it loaded the code. */
function faultOf(errors: readonly Message[], folder: string): FunctionFault {
  const lines = errors.map((error) => describe(error, folder));
  const missing = unresolved(errors[0]);
  const errorType =
    missing === undefined ? "Runtime.UserCodeSyntaxError" : "Runtime.ImportModuleError";
  const what = missing === undefined ? "SyntaxError" : `Error: Cannot find module '${missing}'`;
  const errorMessage = `${what}: ${lines.join("\n")}`;
  return { errorType, errorMessage, trace: [`${errorType}: ${what}`, ...lines] };
}

/** "src/handler.ts:3:5: Expected ";" but found "x"". */
function describe({ location, text }: Message, folder: string): string {
  if (!location) return text;
  const file = relative(folder, resolve(folder, location.file));
  return `${file}:${location.line}:${location.column + 1}: ${text}`;
}
