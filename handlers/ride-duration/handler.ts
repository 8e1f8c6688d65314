import type { KinesisStreamEvent } from "aws-lambda";
import { predict } from "./endpoint.ts";
import { predictionsOf, publish } from "./predictions-stream.ts";
import { batchResponse, readBatch } from "./ride.ts";

/** Predicts the duration of each ride of a batch with the model behind the SageMaker endpoint. */
export async function handler(event: KinesisStreamEvent) {
  const { rides, failedAt } = readBatch(event.Records);
  const predictions = predictionsOf(
    rides.map(({ ride_id }) => ride_id),
    await predict(rides),
  );
  await publish(predictions);
  return batchResponse(predictions, failedAt);
}
