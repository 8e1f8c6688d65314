import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { required } from "./predictions-stream.ts";
import { features, type RideEvent } from "./ride.ts";

const sagemaker = new SageMakerRuntimeClient({ cacheMiddleware: true });

/** Minutes per ride, asked of the SageMaker endpoint in one call. */
export async function predict(rides: readonly RideEvent[]): Promise<number[]> {
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
