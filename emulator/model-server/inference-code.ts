import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { messageOf, WavetankError } from "../core/errors.ts";
import { TemporaryFolder } from "../core/temporary-folder.ts";
import { consoles, loggingConsole, OWN_CONSOLE } from "./own-console.ts";

/** Functions that a model brings along, as its file exports them. */
export type InferenceFunction = (...values: unknown[]) => unknown;

export type InferenceCode = { readonly file: string } & {
  readonly [hook in Hook]?: InferenceFunction;
};

/** The names of AWS's inference toolkit, spelled as JavaScript spells names. */
export const HOOKS = ["modelFn", "inputFn", "predictFn", "outputFn", "transformFn"] as const;
export type Hook = (typeof HOOKS)[number];

const FILE = /^inference\.(?:js|mjs|ts)$/;

export interface InferenceOptions {
  /** Takes what the code writes to its console; this process's own console when absent. */
  readonly log?: ((message: string) => void) | undefined;
}

/**
 * Loads `code/inference.(js|mjs|ts)` of a model folder, bundled with what lies beside it.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/adapt-inference-container.html
 * @returns `undefined` for a folder without one
 * @throws WavetankError ERR_MODEL for code that cannot be loaded, or exports nothing that is called
 */
export async function loadInferenceCode(
  folder: string,
  { log }: InferenceOptions = {},
): Promise<InferenceCode | undefined> {
  const found = await filesOf(join(folder, "code"));
  const [name] = found;
  if (name === undefined) {
    await refuseWhatIsIgnored(folder);
    return undefined;
  }
  const file = `code/${name}`;
  if (found.length > 1) {
    throw fault(`The folder code holds ${found.join(" and ")}.`, "Keep one of them.");
  }
  const exported = await load(join(folder, file), log).catch((cause: unknown) => {
    const reason = messageOf(cause).replaceAll(`${folder}/`, "");
    throw fault(`${file} cannot be loaded: ${reason}`, "It is bundled by esbuild, then imported.", {
      cause,
    });
  });
  return checked(file, exported);
}

async function filesOf(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => FILE.test(name)).sort();
}

/** Code that the packer believes in must not be passed over in silence. */
async function refuseWhatIsIgnored(folder: string): Promise<void> {
  const inCode = await readdir(join(folder, "code")).catch((): string[] => []);
  if (inCode.includes("inference.py")) {
    throw fault(
      "code/inference.py is Python, which is not run here.",
      "Write code/inference.js, .mjs or .ts; beside one of them inference.py may stay.",
    );
  }
  const [name] = await filesOf(folder);
  if (name === undefined) return;
  throw fault(`${name} lies beside the model, where it is not looked for.`, `Move it to code/.`);
}

/** Bundled even where it need not be: whether a .js file is a module then does not depend on its place. */
async function load(path: string, log: InferenceOptions["log"]): Promise<Record<string, unknown>> {
  const { buildSync } = await import("esbuild");
  // Not the model's own folder: a container mounts it read-only.
  const folder = new TemporaryFolder("inference");
  try {
    const outfile = join(folder.path, "inference.mjs");
    // Its helper ends with the build; the one that functions share may be at work.
    buildSync({
      entryPoints: [path],
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
      logLevel: "silent",
      banner: {
        js: `import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);${log ? OWN_CONSOLE : ""}`,
      },
    });
    const { href } = pathToFileURL(outfile);
    if (log) consoles.set(href, loggingConsole(log));
    const module = (await import(href)) as Record<string, unknown>;
    // What CommonJS exports arrives as the default export.
    return { ...(module.default as object | undefined), ...module };
  } finally {
    await folder.remove();
  }
}

function checked(file: string, exported: Record<string, unknown>): InferenceCode {
  const hooks = HOOKS.filter((hook) => exported[hook] !== undefined);
  if (hooks.length === 0) {
    throw fault(`${file} exports none of ${HOOKS.join(", ")}.`, "Export at least one of them.");
  }
  for (const hook of hooks) {
    if (typeof exported[hook] === "function") continue;
    throw fault(`${file} exports ${hook}, which is no function.`, "Export a function.");
  }
  const beside = hooks.find((hook) => hook !== "transformFn" && hook !== "modelFn");
  if (hooks.includes("transformFn") && beside) {
    throw fault(
      `${file} exports transformFn and ${beside}.`,
      "transformFn takes the place of inputFn, predictFn and outputFn: export either.",
    );
  }
  if (hooks.includes("modelFn") && !hooks.includes("predictFn") && !hooks.includes("transformFn")) {
    throw fault(
      `${file} exports modelFn without predictFn.`,
      "What modelFn returns is handed to predictFn: export both, or neither.",
    );
  }
  return { file, ...Object.fromEntries(hooks.map((hook) => [hook, exported[hook]])) };
}

function fault(message: string, hint: string, options: { cause?: unknown } = {}): WavetankError {
  return new WavetankError("ERR_MODEL", message, { hint, ...options });
}
