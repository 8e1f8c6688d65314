import { ListEndpointsCommand, type ListEndpointsInput } from "@aws-sdk/client-sagemaker";
import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { type HostingTank, startHosting } from "./hosting-tank.ts";

/** Endpoints a to c, an hour apart; b has failed. */
async function startWithEndpoints(): Promise<HostingTank> {
  const clock = new ManualClock();
  const tank = await startHosting({ clock });
  await tank.addModel("model");
  await tank.addModel("broken", "split");
  await tank.addConfig("good", {});
  await tank.addConfig("bad", { ModelName: "broken" });
  for (const [name, config] of Object.entries({ a: "good", b: "bad", c: "good" })) {
    await tank.addEndpoint(name, config);
    await clock.advance(3_600_000);
  }
  return tank;
}

async function names(tank: HostingTank, input: ListEndpointsInput): Promise<string> {
  const { Endpoints = [] } = await tank.client.send(new ListEndpointsCommand(input));
  return Endpoints.map(({ EndpointName }) => EndpointName).join("");
}

test("endpoints are listed newest first with their states", async () => {
  await using tank = await startWithEndpoints();
  const { Endpoints } = await tank.client.send(new ListEndpointsCommand({}));
  expect(Endpoints?.map(({ EndpointStatus }) => EndpointStatus)).toEqual([
    "InService",
    "Failed",
    "InService",
  ]);
  expect(Endpoints?.[0]).toEqual({
    EndpointName: "c",
    EndpointArn: "arn:aws:sagemaker:us-east-1:000000000000:endpoint/c",
    CreationTime: new Date("2026-01-01T02:00:00Z"),
    LastModifiedTime: new Date("2026-01-01T02:00:00Z"),
    EndpointStatus: "InService",
  });
});

test("endpoints are found by their state and by when they changed", async () => {
  await using tank = await startWithEndpoints();
  expect(await names(tank, { StatusEquals: "Failed" })).toBe("b");
  expect(await names(tank, { LastModifiedTimeAfter: new Date("2026-01-01T00:30:00Z") })).toBe("cb");
  expect(await names(tank, { LastModifiedTimeBefore: new Date("2026-01-01T01:00:00Z") })).toBe("a");
});

test("endpoints are ordered by their state where asked, page by page", async () => {
  await using tank = await startWithEndpoints();
  const query = { SortBy: "Status", SortOrder: "Ascending", MaxResults: 2 } as const;
  const first = await tank.client.send(new ListEndpointsCommand(query));
  expect(first.Endpoints?.map(({ EndpointName }) => EndpointName)).toEqual(["b", "a"]);
  expect(await names(tank, { ...query, NextToken: first.NextToken })).toBe("c");
});
