import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import type { KinesisStreamEvent } from "aws-lambda";
import { required } from "./environment.ts";
import { hoursByUser, scaled, type UserHours, unscaled } from "./hours.ts";
import { readBatch } from "./power-record.ts";
import { s3 } from "./s3-client.ts";

/** What is kept of a batch and user, in the table and in the bucket. */
export interface Forecast {
  readonly prediction_id: string;
  readonly user_id: string;
  /** Time of the last reading, "2009-12-01 00:59:00". */
  readonly until: string;
  /** Mean power of the hour after each hour of the batch, kW. */
  readonly prediction: readonly number[];
  /** The last of them over a whole day. */
  readonly next_day_kwh: number;
}

const sagemaker = new SageMakerRuntimeClient({ cacheMiddleware: true });
const dynamodb = new DynamoDBClient({ cacheMiddleware: true });

/** Forecasts the next hour's power of every user in a batch, by the model behind the endpoint. */
export async function handler(event: KinesisStreamEvent) {
  const { rows, response } = readBatch(event.Records);
  // The same batch makes the same id: a retry writes over what it wrote before.
  const batch = event.Records[0]?.kinesis.sequenceNumber ?? "";
  for (const hours of hoursByUser(rows)) {
    const predictions = await predict(hours.means);
    await keep(forecastOf({ hours, predictions, batch }));
  }
  return response;
}

/** Scaled predictions, one per hour, asked for in one call. */
async function predict(means: readonly (readonly number[])[]): Promise<number[]> {
  const { Body } = await sagemaker.send(
    new InvokeEndpointCommand({
      EndpointName: required("ENDPOINT_NAME"),
      ContentType: "application/json",
      Accept: "application/json",
      Body: JSON.stringify({ instances: means.map((hour) => [scaled(hour)]) }),
    }),
  );
  const text = Buffer.from(Body ?? []).toString();
  const predictions = (JSON.parse(text) as { predictions?: number[][] }).predictions?.flat();
  if (predictions?.length !== means.length) {
    throw new Error(
      `the endpoint was asked about ${means.length} hours and answered ${text.slice(0, 80)}`,
    );
  }
  return predictions;
}

/** No household draws less than nothing, whatever the model extrapolates. */
export function forecastOf({
  hours: { userId, lastMs },
  predictions,
  batch,
}: {
  hours: UserHours;
  predictions: readonly number[];
  batch: string;
}): Forecast {
  const prediction = predictions.map((value) => rounded(Math.max(0, unscaled(value))));
  return {
    prediction_id: `${userId}-${batch}`,
    user_id: userId,
    until: new Date(lastMs).toISOString().slice(0, 19).replace("T", " "),
    prediction,
    next_day_kwh: rounded((prediction.at(-1) ?? 0) * 24),
  };
}

async function keep(forecast: Forecast): Promise<void> {
  const { prediction_id, user_id, until, prediction, next_day_kwh } = forecast;
  await dynamodb.send(
    new PutItemCommand({
      TableName: required("PREDICTIONS_TABLE_NAME"),
      Item: {
        prediction_id: { S: prediction_id },
        user_id: { S: user_id },
        until: { S: until },
        prediction: { S: JSON.stringify(prediction) },
        next_day_kwh: { S: String(next_day_kwh) },
      },
    }),
  );
  await s3.send(
    new PutObjectCommand({
      Bucket: required("HISTORY_BUCKET"),
      Key: `predictions/${user_id}_${prediction.at(-1)}_${until}`,
      Body: JSON.stringify(forecast),
      ContentType: "application/json",
    }),
  );
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
