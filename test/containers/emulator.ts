import { KinesisClient } from "@aws-sdk/client-kinesis";
import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import type { StartedTestContainer } from "testcontainers";
import { WavetankContainer } from "../../emulator/testing/testcontainers.ts";
import { image, LABEL } from "./docker.ts";

const PORT = 4566;

/** How a container reaches what the host has published, on Docker Desktop and on Linux. */
export const HOST = "host.docker.internal";

/** A container of the tank's image that is ready once all is deployed. */
export function emulator(label: string): WavetankContainer {
  return new WavetankContainer(image("emulator"))
    .withLabels({ [LABEL]: label })
    .withCommand(["demo"]);
}

/** The port of the host under which a container's tank answers. */
export function portOf(tank: StartedTestContainer): number {
  return tank.getMappedPort(PORT);
}

/** What the SDK's clients of a container's tank take. */
export function clientConfig(tank: StartedTestContainer) {
  return configFor(`http://${tank.getHost()}:${portOf(tank)}`);
}

export function configFor(endpoint: string) {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return { endpoint, region: "us-east-1", credentials };
}

export function kinesisOf(tank: StartedTestContainer): KinesisClient {
  return new KinesisClient(clientConfig(tank));
}

/** Invokes a function and reads its answer. @throws Error with what a failed function said */
export async function invoke<T>(
  lambda: LambdaClient,
  { functionName, event }: { functionName: string; event: object },
): Promise<T> {
  const input = { FunctionName: functionName, Payload: Buffer.from(JSON.stringify(event)) };
  const { Payload, FunctionError } = await lambda.send(new InvokeCommand(input));
  const text = Buffer.from(Payload ?? []).toString();
  if (FunctionError) throw new Error(`${functionName} failed: ${text}`);
  return JSON.parse(text) as T;
}
