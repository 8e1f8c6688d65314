import { KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import type { Prediction } from "./ride.ts";

const kinesis = new KinesisClient({ cacheMiddleware: true });

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html
const MAX_RECORDS_PER_CALL = 500;
const ATTEMPTS = 5;

/** Wraps the model's minutes, one per ride, in the answer that leaves on the stream. */
export function predictionsOf(
  rideIds: readonly (number | string)[],
  minutes: readonly number[],
): Prediction[] {
  return rideIds.map((ride_id, index) => ({
    model: "ride_duration_prediction_model",
    version: process.env.RUN_ID ?? "",
    prediction: { ride_duration: minutes[index] as number, ride_id },
  }));
}

/** Puts predictions on the output stream under their ride ids, unless TEST_RUN is "True". */
export async function publish(predictions: readonly Prediction[]): Promise<void> {
  if (process.env.TEST_RUN === "True") return;
  const entries = predictions.map((value) => ({ key: String(value.prediction.ride_id), value }));
  await putAll(entries, required("PREDICTIONS_STREAM_NAME"));
}

/** What is put on a stream as JSON, and its partition key. */
interface StreamEntry {
  readonly key: string;
  readonly value: object;
}

/** Puts any number of entries on a stream, in order. */
export async function putAll(entries: readonly StreamEntry[], streamName: string): Promise<void> {
  for (let start = 0; start < entries.length; start += MAX_RECORDS_PER_CALL) {
    await putOnce(entries.slice(start, start + MAX_RECORDS_PER_CALL), streamName);
  }
}

/** PutRecords succeeds as a call even when some records were throttled; those are put again. */
async function putOnce(entries: readonly StreamEntry[], StreamName: string): Promise<void> {
  let waiting = entries.map(({ key, value }) => ({
    Data: Buffer.from(JSON.stringify(value)),
    PartitionKey: key,
  }));
  for (let attempt = 1; waiting.length > 0; attempt += 1) {
    const { Records = [] } = await kinesis.send(
      new PutRecordsCommand({ StreamName, Records: waiting }),
    );
    waiting = waiting.filter((_, index) => Records[index]?.ErrorCode !== undefined);
    if (waiting.length === 0) return;
    if (attempt === ATTEMPTS) {
      const reason = Records.find(({ ErrorMessage }) => ErrorMessage)?.ErrorMessage;
      throw new Error(`${waiting.length} records could not be put on ${StreamName}: ${reason}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt));
  }
}

/** An environment variable that the template sets. */
export function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`the environment variable ${name} is not set; see template.yaml`);
  return value;
}
