import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { required } from "./environment.ts";
import { artifactOf, type Family } from "./families.ts";
import { featuresOf, modelRow } from "./features.ts";
import type { Store } from "./stores.ts";

const sagemaker = new SageMakerRuntimeClient({ cacheMiddleware: true });

/** A store's day, and how many of the family's items are on promotion. */
export interface StoreDay {
  readonly store: Store;
  readonly day: number;
  readonly onpromotion: number;
}

/** Asks the family's model behind the multi-model endpoint for the sales of each day, in one call. */
export async function forecast(family: Family, days: readonly StoreDay[]): Promise<number[]> {
  const { Body } = await sagemaker.send(
    new InvokeEndpointCommand({
      EndpointName: required("ENDPOINT_NAME"),
      TargetModel: artifactOf(family),
      ContentType: "text/csv",
      Accept: "text/csv",
      Body: days.map((each) => modelRow(each.store, featuresOf(each))).join("\n"),
    }),
  );
  const text = Buffer.from(Body ?? []).toString();
  const sales = text.trim().split("\n").map(Number);
  if (sales.length === days.length && sales.every(Number.isFinite)) return sales;
  throw new Error(`the model of ${family} answered ${JSON.stringify(text.slice(0, 80))}`);
}
