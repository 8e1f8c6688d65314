import { KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import type { Prediction } from "./ride.ts";

const kinesis = new KinesisClient({});

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
  for (let start = 0; start < predictions.length; start += MAX_RECORDS_PER_CALL) {
    await putAll(predictions.slice(start, start + MAX_RECORDS_PER_CALL));
  }
}

/** PutRecords succeeds as a call even when some records were throttled; those are put again. */
async function putAll(predictions: readonly Prediction[]): Promise<void> {
  let waiting = predictions.map((prediction) => ({
    Data: Buffer.from(JSON.stringify(prediction)),
    PartitionKey: String(prediction.prediction.ride_id),
  }));
  for (let attempt = 1; waiting.length > 0; attempt += 1) {
    const { Records = [] } = await kinesis.send(
      new PutRecordsCommand({ StreamName: required("PREDICTIONS_STREAM_NAME"), Records: waiting }),
    );
    waiting = waiting.filter((_, index) => Records[index]?.ErrorCode !== undefined);
    if (waiting.length === 0) return;
    if (attempt === ATTEMPTS) {
      const reason = Records.find(({ ErrorMessage }) => ErrorMessage)?.ErrorMessage;
      throw new Error(`${waiting.length} predictions could not be put: ${reason}`);
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
