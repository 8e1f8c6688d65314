import { readFile } from "node:fs/promises";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { KinesisStreamEvent } from "aws-lambda";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { predictionsOf, publish, required } from "./predictions-stream.ts";
import { batchResponse, features, type RideEvent, readBatch } from "./ride.ts";

/** Loaded once per execution environment, in its init phase. */
const model = await InferenceSession.create(await modelBytes(), { intraOpNumThreads: 1 });

/** Predicts the duration of each ride of a batch with the model inside the function. */
export async function handler(event: KinesisStreamEvent) {
  const { rides, failedAt } = readBatch(event.Records);
  const predictions = predictionsOf(
    rides.map(({ ride_id }) => ride_id),
    await predict(rides),
  );
  await publish(predictions);
  return batchResponse(predictions, failedAt);
}

/** Minutes per ride. */
async function predict(rides: readonly RideEvent[]): Promise<number[]> {
  const input = new Tensor("float32", rides.flatMap(features), [rides.length, 3]);
  const { ride_duration } = await model.run({ features: input });
  return Array.from(ride_duration?.data as Float32Array);
}

/** A local file when MODEL_LOCATION names one, else the training run's model in the bucket. */
async function modelBytes(): Promise<Uint8Array> {
  const { MODEL_LOCATION } = process.env;
  if (MODEL_LOCATION) return readFile(MODEL_LOCATION);
  // A tank reached by a host name of its own, as in a container, has no name per bucket.
  const { Body } = await new S3Client({ forcePathStyle: true }).send(
    new GetObjectCommand({
      Bucket: required("MODEL_BUCKET"),
      Key: `1/${required("RUN_ID")}/artifacts/model/model.onnx`,
    }),
  );
  if (!Body) throw new Error("the model's object is empty");
  return Body.transformToByteArray();
}
