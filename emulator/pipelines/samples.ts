import { readFileSync } from "node:fs";
import { WavetankError } from "../core/errors.ts";

/** Records for a pipeline, and where they go: onto its stream, or to its function as events. */
export type Samples = StreamedSamples | InvokedSamples;

/** Records that go in on a stream; their answers come out on another. */
export interface StreamedSamples {
  /** `key` is a dotted path into the record: its value becomes the partition key. */
  readonly input: { readonly stream: string; readonly key: string };
  /** `key` is where the output record repeats that value. */
  readonly output: { readonly stream: string; readonly key: string };
  readonly records: readonly object[];
}

/** Records that are events of a function, whose result is the answer. */
export interface InvokedSamples {
  readonly invoke: { readonly function: string };
  readonly records: readonly object[];
}

/** The value at a dotted path: `at({ prediction: { ride_id: 7 } }, "prediction.ride_id")` is 7. */
export function at(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((inner, name) => (inner as Record<string, unknown> | null)?.[name], value);
}

/** Whether the samples are events of a function. */
export function areInvoked(samples: Samples): samples is InvokedSamples {
  return "invoke" in samples;
}

/**
 * Reads the sample records of a file.
 * @throws WavetankError ERR_USAGE when it is no file of samples
 */
export function readSamples(file: string): Samples {
  return read(file, (samples) =>
    at(samples, "invoke") === undefined ? STREAMED : ["invoke.function"],
  ) as Samples;
}

/**
 * Reads the sample records of a file that go in on a stream.
 * @throws WavetankError ERR_USAGE when it is no such file
 */
export function readStreamedSamples(file: string): StreamedSamples {
  return read(file, () => STREAMED) as StreamedSamples;
}

const STREAMED = ["input.stream", "input.key", "output.stream", "output.key"];

function read(file: string, textsOf: (samples: unknown) => readonly string[]): unknown {
  try {
    const samples: unknown = JSON.parse(readFileSync(file, "utf8"));
    for (const path of textsOf(samples)) {
      if (typeof at(samples, path) !== "string") throw new Error(`${path} is missing`);
    }
    if (!Array.isArray(at(samples, "records"))) throw new Error("records is missing");
    return samples;
  } catch (cause) {
    throw new WavetankError("ERR_USAGE", `${file} holds no samples: ${(cause as Error).message}`, {
      hint: "It needs a list of records, and either input and output, each with stream and key, or invoke with function.",
      cause,
    });
  }
}
