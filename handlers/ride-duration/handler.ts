import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import type { KinesisStreamEvent } from "aws-lambda";
import { predictionsOf, publish, required } from "./predictions-stream.ts";
import { batchResponse, features, type RideEvent, readBatch } from "./ride.ts";

const sagemaker = new SageMakerRuntimeClient({});

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

/** Minutes per ride, asked for in one call. */
async function predict(rides: readonly RideEvent[]): Promise<number[]> {
  const { Body } = await sagemaker.send(
    new InvokeEndpointCommand({
      EndpointName: required("ENDPOINT_NAME"),
      ContentType: "application/json",
      Accept: "application/json",
      Body: JSON.stringify({ instances: rides.map(features) }),
    }),
  );
  const answer = JSON.parse(Buffer.from(Body ?? []).toString()) as { predictions: number[][] };
  return answer.predictions.map(([minutes]) => minutes as number);
}
