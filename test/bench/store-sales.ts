import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { knownDay } from "../../handlers/store-sales/calendar.ts";
import { artifactOf, FAMILIES } from "../../handlers/store-sales/families.ts";
import { featuresOf, modelRow } from "../../handlers/store-sales/features.ts";
import { knownStore } from "../../handlers/store-sales/series-id.ts";
import { drive, RawClient } from "./load.ts";
import { residentMb, type Server } from "./process.ts";
import { atMost, count, seconds as inSeconds, percent, promise, type Row } from "./rows.ts";
import { benchClient, startTank, waitUntil } from "./tank.ts";

/** All families of all stores for 16 days by a batch transform, and the multi-model endpoint under load. */
export interface SalesFigures {
  readonly transform: {
    readonly forecasts: number;
    /** From the upload of the file to its forecasts in the other bucket, s. */
    readonly seconds: number;
    /** Of the tank and its functions meanwhile, s. */
    readonly cpuSeconds: number;
  };
  readonly endpoint: {
    readonly calls: number;
    readonly failed: number;
    readonly p99Ms: number;
    /** Resident memory of the tank, in which the models are served, MB: after 20 s, and after 60 s. */
    readonly memoryMb: { readonly early: number; readonly late: number };
  };
}

const TEMPLATE = "handlers/store-sales/template.yaml";
const CALLERS = 16;
const EARLY_SECONDS = 20;
const ALL_SECONDS = 60;

/** The file of the API, then the endpoint: 33 artifacts, room for 8, and every call asks for another one. */
export async function salesRound(port: number): Promise<SalesFigures> {
  await using tank = await startTank(port, ["start", TEMPLATE]);
  return { transform: await transform(tank), endpoint: await endpoint(tank) };
}

async function transform(tank: Server): Promise<SalesFigures["transform"]> {
  const s3 = new S3Client({ ...benchClient(tank), forcePathStyle: true });
  const uploads = "store-sales-uploads-000000000000-us-east-1";
  const forecasts = "store-sales-forecasts-000000000000-us-east-1";
  const written = async (Key: string) => {
    try {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: forecasts, Key }));
      return (await Body?.transformToString())?.trim().split("\n");
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  };
  const run = async (name: string, Body: string) => {
    await s3.send(new PutObjectCommand({ Bucket: uploads, Key: `${name}.csv`, Body }));
    return await waitUntil(() => written(`forecasts/${name}.csv.out`));
  };
  const days = upcoming();
  // A line, so that the function has run before.
  await run("one", days.split("\n").slice(0, 2).join("\n"));

  const cpuBefore = tank.cpuSeconds();
  const startedAt = performance.now();
  const lines = await run("all", days);
  return {
    forecasts: lines.filter((line) => Number.isFinite(Number(line.split(",")[1]))).length,
    seconds: (performance.now() - startedAt) / 1000,
    cpuSeconds: tank.cpuSeconds() - cpuBefore,
  };
}

/** 16 days of every store and family, as the competition's test.csv has them. */
function upcoming(): string {
  const lines = ["id,date,store_nbr,family,onpromotion"];
  for (let day = 16; day <= 31; day += 1) {
    for (let store = 1; store <= 54; store += 1) {
      for (const family of FAMILIES) {
        lines.push(`${3_000_888 + lines.length - 1},2017-08-${day},${store},"${family}",0`);
      }
    }
  }
  return lines.join("\n");
}

async function endpoint(tank: Server): Promise<SalesFigures["endpoint"]> {
  using client = await RawClient.connect(tank.url, CALLERS);
  const store = knownStore("3");
  const row = modelRow(store, featuresOf({ store, day: knownDay("2017-08-16"), onpromotion: 1 }));
  const requests = FAMILIES.map((family) =>
    client.encode({
      path: "/endpoints/store-sales/invocations",
      headers: {
        "content-type": "text/csv",
        "x-amzn-sagemaker-target-model": artifactOf(family),
      },
      body: Buffer.from(row),
    }),
  );
  let failed = 0;
  const load = (seconds: number) =>
    drive(
      async (index) => {
        const request = requests[index % requests.length] as Buffer;
        await client.send(request).catch(() => {
          failed += 1;
        });
      },
      { callers: CALLERS, seconds },
    );
  const before = await load(EARLY_SECONDS);
  const early = residentMb(tank.pid);
  const after = await load(ALL_SECONDS - EARLY_SECONDS);
  const late = residentMb(tank.pid);
  return {
    calls: before.calls + after.calls,
    failed,
    p99Ms: after.p99Ms,
    memoryMb: { early, late },
  };
}

/** What memory may grow by from 20 s of load to 60 s and be called flat. */
const FLAT = 1.1;

export function salesRows({ transform, endpoint }: SalesFigures): Row[] {
  const { early, late } = endpoint.memoryMb;
  return [
    atMost(
      "store-sales: 33 families, 54 stores, 16 days by batch transform",
      transform.seconds,
      20,
      inSeconds,
    ),
    promise("the same, forecasts", transform.forecasts, 33 * 54 * 16, count),
    promise(
      "33 models with room for 8 under load for 60 s, answered",
      1 - endpoint.failed / endpoint.calls,
      1,
      percent,
    ),
    atMost("the same, memory after 60 s, of that after 20 s", late / early, FLAT, percent),
  ];
}
