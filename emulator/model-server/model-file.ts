import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { WavetankError } from "../core/errors.ts";

/** How deep and how long the search for a misplaced model goes, to name it in the error. */
const SEARCH_DEPTH = 4;
const MAX_NAMED = 5;

const PLACES = "at the top of the archive or in a version folder (1/model.onnx)";

/**
 * The one ONNX file of a model folder: at its top, or in a folder named by a version number.
 * @returns its path inside the folder
 * @throws WavetankError ERR_MODEL when there is none or more than one
 */
export async function findModelFile(folder: string): Promise<string> {
  const found = await onnxFiles(folder, SEARCH_DEPTH);
  const placed = found.filter((path) => /^(\d+\/)?[^/]+$/.test(path));
  const [only] = placed;
  if (only !== undefined && placed.length === 1) return only;
  if (placed.length > 1) {
    throw new WavetankError(
      "ERR_MODEL",
      `The model folder holds several models: ${list(placed)}.`,
      {
        hint: `Keep exactly one .onnx file, ${PLACES}.`,
      },
    );
  }
  throw new WavetankError("ERR_MODEL", `The model folder holds no model.onnx.${misplaced(found)}`, {
    hint: `Put model.onnx ${PLACES}.`,
  });
}

async function onnxFiles(folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new WavetankError("ERR_MODEL", `The model folder ${folder} cannot be read.`, {
      hint: "A container finds its model in /opt/ml/model, or where SM_MODEL_DIR says.",
      cause,
    });
  });
  const found: string[] = [];
  for (const entry of entries) {
    // macOS packs a "._model.onnx" beside each file.
    if (entry.name.startsWith(".")) continue;
    if (entry.isFile() && entry.name.endsWith(".onnx")) found.push(entry.name);
    if (!entry.isDirectory() || depth === 0) continue;
    const inner = await onnxFiles(join(folder, entry.name), depth - 1);
    found.push(...inner.map((path) => `${entry.name}/${path}`));
  }
  return found.sort();
}

function misplaced(found: readonly string[]): string {
  return found.length === 0 ? "" : ` It holds ${list(found)}, where it is not looked for.`;
}

function list(paths: readonly string[]): string {
  const rest = paths.length - MAX_NAMED;
  const named = paths.slice(0, MAX_NAMED).join(", ");
  return rest > 0 ? `${named} and ${rest} more` : named;
}
