import {
  DeleteFunctionEventInvokeConfigCommand,
  GetFunctionEventInvokeConfigCommand,
  ListFunctionEventInvokeConfigsCommand,
  PutFunctionEventInvokeConfigCommand,
  type PutFunctionEventInvokeConfigCommandInput,
  UpdateFunctionEventInvokeConfigCommand,
} from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { until } from "../../support/tank.ts";
import { type LambdaTank, startLambdaTank } from "./support/lambda-tank.ts";

const ARN = "arn:aws:lambda:us-east-1:000000000000:function:score";
const FAILING = { "index.mjs": "export const handler = async () => { throw new Error('no'); };" };

const put = (tank: LambdaTank, input: Partial<PutFunctionEventInvokeConfigCommandInput>) =>
  tank.lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName: "score", ...input }));

const runs = (tank: LambdaTank) => tank.seen.filter(({ type }) => type === "invocation").length;
const isDropped = (tank: LambdaTank) =>
  tank.seen.some((event) => event.type === "warning" && event.message.includes("was dropped"));

test("a put replaces, an update merges, and a delete leaves AWS's defaults", async () => {
  await using tank = await startLambdaTank();
  await tank.create(FAILING);
  const input = { FunctionName: "score" };
  expect(await put(tank, { MaximumRetryAttempts: 1 })).toMatchObject({
    FunctionArn: `${ARN}:$LATEST`,
    LastModified: expect.any(Date),
    MaximumRetryAttempts: 1,
    DestinationConfig: { OnSuccess: {}, OnFailure: {} },
  });
  const merged = await tank.lambda.send(
    new UpdateFunctionEventInvokeConfigCommand({ ...input, MaximumEventAgeInSeconds: 60 }),
  );
  expect(merged).toMatchObject({ MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 60 });
  const replaced = await put(tank, { MaximumEventAgeInSeconds: 90 });
  expect(replaced.MaximumRetryAttempts).toBeUndefined();
  const listed = await tank.lambda.send(new ListFunctionEventInvokeConfigsCommand(input));
  expect(listed.FunctionEventInvokeConfigs).toHaveLength(1);
  await tank.lambda.send(new DeleteFunctionEventInvokeConfigCommand(input));
  await expect(
    tank.lambda.send(new GetFunctionEventInvokeConfigCommand(input)),
  ).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: `The function ${ARN}:$LATEST doesn't have an EventInvokeConfig`,
  });
});

test("an empty one is refused", async () => {
  await using tank = await startLambdaTank();
  await tank.create(FAILING);
  await expect(put(tank, {})).rejects.toMatchObject({
    message: "You must specify at least one of error handling or destination setting.",
  });
});

test("without retries a failed event is dropped after its first run", async () => {
  const clock = new ManualClock();
  await using tank = await startLambdaTank({ clock });
  await tank.create(FAILING);
  await put(tank, { MaximumRetryAttempts: 0 });
  await tank.invoke("score", {}, { InvocationType: "Event" });
  await until(() => isDropped(tank));
  expect(runs(tank)).toBe(1);
});

test("an event that would be too old for its next run is dropped", async () => {
  const clock = new ManualClock();
  await using tank = await startLambdaTank({ clock });
  await tank.create(FAILING);
  await put(tank, { MaximumEventAgeInSeconds: 100 });
  await tank.invoke("score", {}, { InvocationType: "Event" });
  await until(() => runs(tank) === 1);
  await until(async () => {
    await clock.advance(60_000);
    return isDropped(tank);
  });
  expect(runs(tank)).toBe(2);
});
