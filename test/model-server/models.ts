import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadModel } from "../../emulator/model-server/load-model.ts";
import {
  type Predict,
  type PredictionAnswer,
  predictor,
} from "../../emulator/model-server/predictor.ts";

/** The path of one of the models that make-models.py wrote. */
export function modelPath(name: string): string {
  return fileURLToPath(new URL(`models/${name}.onnx`, import.meta.url));
}

/** A temporary model folder: where each model goes in it, and what else lies there. */
export async function modelFolder(
  models: Readonly<Record<string, string>>,
  others: Readonly<Record<string, string>> = {},
): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "wavetank-test-"));
  for (const [place, name] of Object.entries(models)) {
    await mkdir(dirname(join(path, place)), { recursive: true });
    await copyFile(modelPath(name), join(path, place));
  }
  for (const [place, text] of Object.entries(others)) await writeFile(join(path, place), text);
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

/** An answer whose body is text. */
export type TextAnswer = PredictionAnswer & { readonly body: string };

export interface ServedModel extends AsyncDisposable {
  csv(body: string, accept?: string): Promise<TextAnswer>;
  /** Sends text as it is, anything else as its JSON. */
  json(body: unknown, accept?: string): Promise<TextAnswer>;
  send(contentType: string | undefined, body: string | Uint8Array): Promise<TextAnswer>;
  readonly predict: Predict;
}

/** One of the tests' models, ready to be asked. */
export async function served(name: string): Promise<ServedModel> {
  const folder = await modelFolder({ "model.onnx": name });
  const model = await loadModel(folder.path);
  const predict = predictor(model);
  const ask = async (
    contentType: string | undefined,
    body: string | Uint8Array,
    accept?: string,
  ) => {
    const answer = await predict({ contentType, accept, body: Buffer.from(body as string) });
    return { ...answer, body: Buffer.from(answer.body as string).toString("utf8") };
  };
  return {
    csv: (body, accept) => ask("text/csv", body, accept),
    json: (body, accept) =>
      ask("application/json", typeof body === "string" ? body : JSON.stringify(body), accept),
    send: ask,
    predict,
    async [Symbol.asyncDispose]() {
      await model.release();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** The text of a refusal, with its status. */
export function refusal({ status, body }: TextAnswer): string {
  return `${status} ${(JSON.parse(body) as { error: string }).error}`;
}
