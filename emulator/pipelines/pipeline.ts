import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { WavetankError } from "../core/errors.ts";
import { readSamples, type Samples } from "./samples.ts";

/** A folder with a template and sample records that can be played through it. */
export interface Pipeline {
  readonly name: string;
  readonly templateFile: string;
  /** `undefined` where the folder has no samples.json. */
  readonly samples: Samples | undefined;
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

function pipelineIn(folder: string, name: string): Pipeline {
  const samplesFile = join(folder, "samples.json");
  return {
    name,
    templateFile: join(folder, "template.yaml"),
    samples: existsSync(samplesFile) ? readSamples(samplesFile) : undefined,
  };
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
