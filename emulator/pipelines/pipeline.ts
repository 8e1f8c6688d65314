import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { WavetankError } from "../core/errors.ts";

/** A folder with a template and sample records that can be played through it. */
export interface Pipeline {
  readonly name: string;
  readonly templateFile: string;
  /** `undefined` where the folder has no samples.json. */
  readonly samples: Samples | undefined;
}

/** Records for a pipeline, and how its answers are told apart. */
export interface Samples {
  /** `key` is a dotted path into the record: its value becomes the partition key. */
  readonly input: { readonly stream: string; readonly key: string };
  /** `key` is where the output record repeats that value. */
  readonly output: { readonly stream: string; readonly key: string };
  readonly records: readonly object[];
}

/** The pipelines that come with the package, by name. */
export function shippedPipelines(): Pipeline[] {
  const folder = join(packageRoot(), "handlers");
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, "template.yaml")))
    .map((entry) => pipelineIn(join(folder, entry.name), entry.name));
}

/** The shipped pipelines that are named, or all. */
export function selectPipelines(names: readonly string[]): Pipeline[] {
  const shipped = shippedPipelines();
  if (names.length === 0) return shipped;
  return names.map((name) => {
    const found = shipped.find((pipeline) => pipeline.name === name);
    if (found) return found;
    throw new WavetankError("ERR_USAGE", `There is no pipeline "${name}".`, {
      hint: `The pipelines that come with Wavetank: ${shipped.map((each) => each.name).join(", ")}.`,
    });
  });
}

/** The value at a dotted path: `at({ prediction: { ride_id: 7 } }, "prediction.ride_id")` is 7. */
export function at(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((inner, name) => (inner as Record<string, unknown> | null)?.[name], value);
}

function pipelineIn(folder: string, name: string): Pipeline {
  const samplesFile = join(folder, "samples.json");
  return {
    name,
    templateFile: join(folder, "template.yaml"),
    samples: existsSync(samplesFile) ? readSamples(samplesFile) : undefined,
  };
}

/**
 * Reads the sample records of a file.
 * @throws WavetankError ERR_USAGE when it is no file of samples
 */
export function readSamples(file: string): Samples {
  try {
    const samples = JSON.parse(readFileSync(file, "utf8")) as Samples;
    for (const path of ["input.stream", "input.key", "output.stream", "output.key"]) {
      if (typeof at(samples, path) !== "string") throw new Error(`${path} is missing`);
    }
    if (!Array.isArray(samples.records)) throw new Error("records is missing");
    return samples;
  } catch (cause) {
    throw new WavetankError("ERR_USAGE", `${file} holds no samples: ${(cause as Error).message}`, {
      hint: "It needs input and output, each with stream and key, and a list of records.",
      cause,
    });
  }
}

/** The folder of package.json: one above the bundle, one above this folder's parent in the sources. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error("the package's own folder was not found");
    folder = parent;
  }
  return folder;
}
