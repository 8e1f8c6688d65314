import { ListModelsCommand, type ListModelsInput } from "@aws-sdk/client-sagemaker";
import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { faultOf, type HostingTank, startHosting } from "./hosting-tank.ts";

/** Twelve models, model-1 to model-12, a minute apart. */
async function startWithModels(): Promise<HostingTank> {
  const clock = new ManualClock();
  const tank = await startHosting({ clock });
  for (let number = 1; number <= 12; number += 1) {
    await tank.addModel(`model-${number}`);
    await clock.advance(60_000);
  }
  return tank;
}

async function names(tank: HostingTank, input: ListModelsInput): Promise<(string | undefined)[]> {
  const { Models = [] } = await tank.client.send(new ListModelsCommand(input));
  return Models.map(({ ModelName }) => ModelName);
}

test("a listing holds the ten newest first, and says how to go on", async () => {
  await using tank = await startWithModels();
  const first = await tank.client.send(new ListModelsCommand({}));
  expect(first.Models?.map(({ ModelName }) => ModelName)).toEqual(
    [12, 11, 10, 9, 8, 7, 6, 5, 4, 3].map((number) => `model-${number}`),
  );
  expect(first.Models?.[0]).toEqual({
    ModelName: "model-12",
    ModelArn: "arn:aws:sagemaker:us-east-1:000000000000:model/model-12",
    CreationTime: new Date("2026-01-01T00:11:00Z"),
  });
  const rest = await tank.client.send(new ListModelsCommand({ NextToken: first.NextToken }));
  expect(rest.Models?.map(({ ModelName }) => ModelName)).toEqual(["model-2", "model-1"]);
  expect(rest.NextToken).toBeUndefined();
});

test("models created in the same moment are each listed once", async () => {
  await using tank = await startHosting({ clock: new ManualClock() });
  for (const name of ["a", "b", "c"]) await tank.addModel(name);
  const seen: unknown[] = [];
  let NextToken: string | undefined;
  do {
    const page = await tank.client.send(new ListModelsCommand({ MaxResults: 1, NextToken }));
    seen.push(page.Models?.[0]?.ModelName);
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  expect(seen).toEqual(["c", "b", "a"]);
});

test("a listing goes by name, and by time either way", async () => {
  await using tank = await startWithModels();
  expect(await names(tank, { SortBy: "Name", SortOrder: "Ascending", MaxResults: 3 })).toEqual([
    "model-1",
    "model-10",
    "model-11",
  ]);
  expect(await names(tank, { SortOrder: "Ascending", MaxResults: 2 })).toEqual([
    "model-1",
    "model-2",
  ]);
});

test("a listing is narrowed by a part of the name and by times", async () => {
  await using tank = await startWithModels();
  expect(await names(tank, { NameContains: "-1" })).toEqual([
    "model-12",
    "model-11",
    "model-10",
    "model-1",
  ]);
  const CreationTimeAfter = new Date("2026-01-01T00:03:00Z");
  const CreationTimeBefore = new Date("2026-01-01T00:05:00Z");
  expect(await names(tank, { CreationTimeAfter, CreationTimeBefore })).toEqual([
    "model-5",
    "model-4",
  ]);
});

test("a token that no listing gave is refused, as is a page of more than 100", async () => {
  await using tank = await startHosting();
  expect(await faultOf(names(tank, { NextToken: "made-up" }))).toBe(
    "ValidationException: Invalid NextToken.",
  );
  expect(await faultOf(names(tank, { MaxResults: 101 }))).toContain(
    "Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100",
  );
});
