import { fileURLToPath } from "node:url";
import { readStreamedSamples, type StreamedSamples } from "../pipelines/samples.ts";

export type { ClientConfig } from "../core/client-settings.ts";
export type { ManualClock } from "../core/clock.ts";
export { WavetankError } from "../core/errors.ts";
export type { StreamedSamples as Samples } from "../pipelines/samples.ts";
export type { PutOptions, PutResult, RecordItem } from "./put-records.ts";
export type { ReceivedRecord } from "./received-record.ts";
export { startTestbed, Testbed, type TestbedOptions } from "./testbed.ts";
export { TestbedStream, type WaitOptions } from "./testbed-stream.ts";

/**
 * Reads a file of sample records, laid out as a pipeline's `samples.json`: the streams they go in and come
 * out of, the member that is their key, and the records.
 * @throws WavetankError ERR_USAGE when it is no file of samples
 */
export function loadSamples(file: string | URL): StreamedSamples {
  return readStreamedSamples(file instanceof URL ? fileURLToPath(file) : file);
}
