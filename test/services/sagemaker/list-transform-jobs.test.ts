import {
  ListTransformJobsCommand,
  type ListTransformJobsRequest,
  paginateListTransformJobs,
} from "@aws-sdk/client-sagemaker";
import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { until } from "../../support/tank.ts";
import { answer, GatedHost } from "./gated-host.ts";
import { faultOf, type HostingTank } from "./hosting-tank.ts";
import { begin, startTransforms } from "./transform-tank.ts";

const START = Date.parse("2026-01-01T00:00:00Z");
const at = (seconds: number) => new Date(START + seconds * 1000);

/** Jobs that begin a minute after one another: b completes, c fails, a completes. */
async function threeJobs(): Promise<HostingTank> {
  const clock = new ManualClock(START);
  const host = new GatedHost(({ body }) => answer(body[0] === 0x78 ? 400 : 200, "1\n")).open();
  const tank = await startTransforms({ "good/1": "1", "bad/1": "x" }, { clock, host });
  for (const [name, folder] of [
    ["nightly-b", "good"],
    ["nightly-c", "bad"],
    ["weekly-a", "good"],
  ] as const) {
    const S3DataSource = { S3DataType: "S3Prefix" as const, S3Uri: `s3://data/${folder}/` };
    await begin(tank, {
      TransformJobName: name,
      TransformInput: { DataSource: { S3DataSource } },
      ModelClientConfig: { InvocationsMaxRetries: 0 },
    });
    await until(async () => (await names(tank, { StatusEquals: "InProgress" })).length === 0);
    await clock.advance(60_000);
  }
  return tank;
}

async function names(tank: HostingTank, asked: ListTransformJobsRequest = {}): Promise<string[]> {
  const { TransformJobSummaries = [] } = await tank.client.send(
    new ListTransformJobsCommand(asked),
  );
  return TransformJobSummaries.map(({ TransformJobName = "" }) => TransformJobName);
}

test("transform jobs are listed newest first, and by name or status where asked", async () => {
  await using tank = await threeJobs();
  expect(await names(tank)).toEqual(["weekly-a", "nightly-c", "nightly-b"]);
  const up = { SortOrder: "Ascending" } as const;
  expect(await names(tank, up)).toEqual(["nightly-b", "nightly-c", "weekly-a"]);
  expect(await names(tank, { SortBy: "Name" })).toEqual(["weekly-a", "nightly-c", "nightly-b"]);
  expect(await names(tank, { SortBy: "Status", ...up })).toEqual([
    "nightly-b",
    "weekly-a",
    "nightly-c",
  ]);
  expect(await faultOf(names(tank, { SortBy: "Age" as "Name" }))).toContain("ValidationException");
});

test("transform jobs are narrowed by name, status and times", async () => {
  await using tank = await threeJobs();
  expect(await names(tank, { NameContains: "nightly" })).toEqual(["nightly-c", "nightly-b"]);
  expect(await names(tank, { StatusEquals: "Failed" })).toEqual(["nightly-c"]);
  expect(await names(tank, { StatusEquals: "Stopped" })).toEqual([]);
  expect(await names(tank, { CreationTimeAfter: at(60) })).toEqual(["weekly-a", "nightly-c"]);
  expect(await names(tank, { CreationTimeBefore: at(60) })).toEqual(["nightly-b"]);
  expect(await names(tank, { LastModifiedTimeAfter: at(61) })).toEqual(["weekly-a"]);
  expect(await names(tank, { LastModifiedTimeBefore: at(61) })).toEqual(["nightly-c", "nightly-b"]);
});

test("pages of one job each hold every job once", async () => {
  await using tank = await threeJobs();
  const found: unknown[] = [];
  for await (const page of paginateListTransformJobs({ client: tank.client, pageSize: 1 }, {})) {
    found.push(...(page.TransformJobSummaries ?? []));
  }
  expect(found).toMatchObject([
    { TransformJobName: "weekly-a", TransformJobStatus: "Completed", CreationTime: at(120) },
    {
      ...{ TransformJobName: "nightly-c", TransformJobStatus: "Failed" },
      FailureReason: expect.stringMatching(/^ClientError: 1 of 1 inputs failed/),
    },
    { TransformJobName: "nightly-b", TransformEndTime: at(0), LastModifiedTime: at(0) },
  ]);
});
