import { GetObjectCommand } from "@aws-sdk/client-s3";
import { required } from "./environment.ts";
import type { Family } from "./families.ts";
import { s3 } from "./s3-client.ts";
import { FIRST_ID, HORIZON_DAYS, HORIZON_FROM, idOf } from "./series-id.ts";
import type { Store } from "./stores.ts";

/** What is known of the past and planned for the days to come; `fixtures/store-sales/summarize.ts` writes it. */
export interface Plan {
  /** The first year of the lists below. */
  readonly firstYear: number;
  /** Items on promotion by store, year and family. */
  readonly promotions: readonly (readonly (readonly number[])[])[];
  /** Sales by store, family and year. */
  readonly byYear: readonly (readonly (readonly number[])[])[];
  /** Sales by store, family and month of the year. */
  readonly byMonth: readonly (readonly (readonly number[])[])[];
  /** Items on promotion on each day to forecast, in the order of ids. */
  readonly planned: readonly number[];
}

let reading: Promise<Plan> | undefined;

/** Reads the plan from S3, once in the life of an execution environment. */
export function readPlan(): Promise<Plan> {
  reading ??= read().catch((error) => {
    reading = undefined;
    throw error;
  });
  return reading;
}

async function read(): Promise<Plan> {
  const { Body } = await s3.send(
    new GetObjectCommand({ Bucket: required("MODEL_BUCKET"), Key: "plan.json" }),
  );
  return JSON.parse((await Body?.transformToString()) ?? "");
}

/** Items on promotion in a store on a day; beyond the horizon nothing is planned yet. */
export function plannedPromotions(
  { planned }: Pick<Plan, "planned">,
  target: { store: Store; family: Family; day: number },
): number {
  const isPlanned = target.day >= HORIZON_FROM && target.day < HORIZON_FROM + HORIZON_DAYS;
  return isPlanned ? (planned[idOf(target) - FIRST_ID] ?? 0) : 0;
}
