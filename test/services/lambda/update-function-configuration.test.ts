import { UpdateFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { describe, expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { type LambdaTank, startLambdaTank } from "./support/lambda-tank.ts";

const FILES = { "index.mjs": "export const handler = async () => process.env.RUN_ID ?? null;" };

const update = (tank: LambdaTank, input: object) =>
  tank.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: "score", ...input }));

const withRun = (RUN_ID: string) => ({ Environment: { Variables: { RUN_ID } } });

describe("accepts", () => {
  test("a change of some settings, which leaves the others", async () => {
    await using tank = await startLambdaTank();
    await tank.create(FILES, { Timeout: 7, Description: "old" });
    const updated = await update(tank, { Description: "new", MemorySize: 256 });
    expect(updated).toMatchObject({
      Description: "new",
      MemorySize: 256,
      Timeout: 7,
      State: "Active",
      LastUpdateStatus: "InProgress",
      LastUpdateStatusReason: "The function is being created.",
      LastUpdateStatusReasonCode: "Creating",
    });
  });
});

describe("rejects", () => {
  test("a change while another is under way", async () => {
    await using tank = await startLambdaTank({ clock: new ManualClock() });
    await tank.create(FILES);
    await update(tank, { Timeout: 5 });
    await expect(update(tank, { Timeout: 6 })).rejects.toMatchObject({
      name: "ResourceConflictException",
      message:
        "The operation cannot be performed at this time. An update is in progress for resource: arn:aws:lambda:us-east-1:000000000000:function:score",
    });
  });

  test("a change of a revision that is no longer the latest", async () => {
    await using tank = await startLambdaTank();
    await tank.create(FILES);
    await expect(update(tank, { Timeout: 5, RevisionId: "old" })).rejects.toMatchObject({
      name: "PreconditionFailedException",
      message:
        "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
      $metadata: { httpStatusCode: 412 },
    });
  });

  test("reserved variables", async () => {
    await using tank = await startLambdaTank();
    await tank.create(FILES);
    const reserved = { Environment: { Variables: { AWS_LAMBDA_RUNTIME_API: "x" } } };
    await expect(update(tank, reserved)).rejects.toMatchObject({
      name: "InvalidParameterValueException",
    });
  });
});

describe("behaves", () => {
  test("until a change is through, the function runs as before", async () => {
    await using tank = await startLambdaTank({ clock: new ManualClock() });
    await tank.create(FILES, withRun("old"));
    expect((await tank.invoke("score")).payload).toBe("old");
    await update(tank, withRun("new"));
    expect((await tank.invoke("score")).payload).toBe("old");
    await tank.settled("score");
    expect((await tank.invoke("score")).payload).toBe("new");
  });
});
