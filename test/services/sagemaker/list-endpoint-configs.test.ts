import { ListEndpointConfigsCommand } from "@aws-sdk/client-sagemaker";
import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { startHosting } from "./hosting-tank.ts";

test("configurations are listed newest first, page by page", async () => {
  await using tank = await startHosting({ clock: new ManualClock() });
  await tank.addModel("model");
  for (const name of ["one", "two", "three"]) await tank.addConfig(name, {});
  const first = await tank.client.send(new ListEndpointConfigsCommand({ MaxResults: 2 }));
  expect(first.EndpointConfigs).toEqual(
    ["three", "two"].map((name) => ({
      EndpointConfigName: name,
      EndpointConfigArn: `arn:aws:sagemaker:us-east-1:000000000000:endpoint-config/${name}`,
      CreationTime: new Date("2026-01-01T00:00:00Z"),
    })),
  );
  const { NextToken } = first;
  const rest = await tank.client.send(new ListEndpointConfigsCommand({ MaxResults: 2, NextToken }));
  expect(rest.EndpointConfigs?.map(({ EndpointConfigName }) => EndpointConfigName)).toEqual([
    "one",
  ]);
});

test("configurations are listed by name where asked", async () => {
  await using tank = await startHosting();
  await tank.addModel("model");
  for (const name of ["one", "two", "three"]) await tank.addConfig(name, {});
  const { EndpointConfigs } = await tank.client.send(
    new ListEndpointConfigsCommand({ SortBy: "Name", NameContains: "t" }),
  );
  expect(EndpointConfigs?.map(({ EndpointConfigName }) => EndpointConfigName)).toEqual([
    "two",
    "three",
  ]);
});
