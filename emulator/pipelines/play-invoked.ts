import { WavetankError } from "../core/errors.ts";
import type { Played, PlayOptions } from "./play.ts";
import type { InvokedSamples } from "./samples.ts";

interface Answer {
  Payload?: Uint8Array | string;
  FunctionError?: string;
}

/**
 * Invokes the function with each sample, one after the other.
 * @throws WavetankError ERR_INVOKE when the function fails
 */
export async function playInvoked(
  { name, samples }: { name: string; samples: InvokedSamples },
  { api, onPrediction, signal }: PlayOptions,
): Promise<Played[]> {
  const played: Played[] = [];
  const { function: FunctionName } = samples.invoke;
  for (const input of samples.records) {
    if (signal?.aborted) break;
    const startedAt = api.clock.now();
    const answer = await api.call<Answer>("lambda", "Invoke", {
      FunctionName,
      Payload: Buffer.from(JSON.stringify(input)),
    });
    const latencyMs = api.clock.now() - startedAt;
    const text = textOf(answer.Payload);
    if (answer.FunctionError !== undefined) {
      throw new WavetankError("ERR_INVOKE", `${name}: ${FunctionName} failed: ${text}`, {
        hint: "--log text shows its log.",
      });
    }
    const answered = { pipeline: name, input, prediction: JSON.parse(text), latencyMs };
    played.push(answered);
    onPrediction(answered);
  }
  return played;
}

function textOf(payload: Uint8Array | string = "null"): string {
  return typeof payload === "string" ? payload : Buffer.from(payload).toString();
}
