import {
  DeleteScheduledActionCommand,
  DescribeScheduledActionsCommand,
  PutScheduledActionCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { expect, test } from "vitest";
import { faultOf } from "../sagemaker/hosting-tank.ts";
import { ScaledEndpoint, TARGET } from "./scaled-endpoint.ts";

function put(tank: ScaledEndpoint, Schedule: string, MinCapacity: number) {
  const ScalableTargetAction = { MinCapacity, MaxCapacity: 4 };
  const input = { ...TARGET, ScheduledActionName: "morning", Schedule, ScalableTargetAction };
  return tank.scaling.send(new PutScheduledActionCommand(input));
}

async function list(tank: ScaledEndpoint) {
  const command = new DescribeScheduledActionsCommand(TARGET);
  return (await tank.scaling.send(command)).ScheduledActions;
}

test("an action sets the bounds at its time, and the count follows; at() happens once", async () => {
  await using tank = await ScaledEndpoint.open();
  await tank.register();
  await put(tank, "at(2026-01-01T00:10:00)", 2);
  expect(await list(tank)).toMatchObject([{ Schedule: "at(2026-01-01T00:10:00)" }]);
  await tank.load(0, 9);
  expect(tank.variant.instanceCount).toBe(1);
  await tank.load(0, 1);
  expect(tank.variant.instanceCount).toBe(2);
  expect((await tank.activities()).map(({ Description, Cause }) => [Description, Cause])).toEqual([
    ["Setting desired instance count to 2.", "minimum capacity was set to 2"],
    [
      "Setting min capacity to 2 and max capacity to 4",
      "scheduled action name morning was triggered",
    ],
  ]);
  expect(await list(tank)).toEqual([]);
});

test("cron() happens again each day until it is deleted", async () => {
  await using tank = await ScaledEndpoint.open();
  await tank.register();
  await put(tank, "cron(30 6 * * ? *)", 1);
  await tank.clock.advance(48 * 3_600_000);
  expect((await tank.activities()).map(({ StartTime }) => StartTime?.toISOString())).toEqual([
    "2026-01-02T06:30:00.000Z",
    "2026-01-01T06:30:00.000Z",
  ]);
  const remove = () =>
    tank.scaling.send(
      new DeleteScheduledActionCommand({ ...TARGET, ScheduledActionName: "morning" }),
    );
  await remove();
  expect(await list(tank)).toEqual([]);
  expect(await faultOf(remove())).toMatch(/^ObjectNotFoundException: No scheduled action found/);
});

test("a schedule that says nothing is refused", async () => {
  await using tank = await ScaledEndpoint.open();
  await tank.register();
  expect(await faultOf(put(tank, "every morning", 1))).toMatch(/^ValidationException: Schedule/);
});
