import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { until } from "../../support/tank.ts";
import { startLambdaTank } from "./support/lambda-tank.ts";

const HANDLER = {
  "index.mjs": `
    export const handler = async (event, { clientContext }) => {
      console.log("begun");
      if (event.fails) throw new RangeError("too far");
      if (event.exits) process.exit(1);
      if (event.hangs) await new Promise((resolve) => setTimeout(resolve, 1e6));
      return { event, clientContext };
    };`,
};
const CONTENT_TYPE = "text/plain; charset=utf-8";

test("the only function is the one that the path runs", async () => {
  await using tank = await startLambdaTank();
  await tank.create(HANDLER);
  const context = Buffer.from('{"custom":{"city":"Zug"}}').toString("base64");
  const answer = await tank.engine.invokeRie('{"ride_id":256}', {
    "x-amz-client-context": context,
  });
  expect(answer).toMatchObject({ status: 200, contentType: CONTENT_TYPE });
  expect(JSON.parse(String(answer.body))).toEqual({
    event: { ride_id: 256 },
    clientContext: { custom: { city: "Zug" } },
  });
});

test("a function's error looks like a result", async () => {
  await using tank = await startLambdaTank();
  await tank.create(HANDLER);
  const { status, body } = await tank.engine.invokeRie('{"fails":true}');
  expect(status).toBe(200);
  expect(JSON.parse(String(body))).toMatchObject({ errorType: "RangeError" });
});

test("a runtime that ends answers 502", async () => {
  await using tank = await startLambdaTank();
  await tank.create(HANDLER);
  const { status, body } = await tank.engine.invokeRie('{"exits":true}');
  expect(status).toBe(502);
  expect(JSON.parse(String(body))).toMatchObject({ errorType: "Runtime.ExitError" });
});

test("a timeout is plain text", async () => {
  const clock = new ManualClock();
  await using tank = await startLambdaTank({ clock });
  await tank.create(HANDLER, { Timeout: 2 });
  const hanging = tank.engine.invokeRie('{"hangs":true}');
  await until(() => tank.logOf("score").some(({ message }) => message.includes("begun")));
  await clock.advance(2_000);
  expect(await hanging).toEqual({
    status: 200,
    contentType: CONTENT_TYPE,
    body: "Task timed out after 2.00 seconds",
  });
});

test("with several functions one must be named", async () => {
  await using tank = await startLambdaTank();
  await tank.create(HANDLER);
  await tank.create(HANDLER, { FunctionName: "other" });
  await expect(tank.engine.invokeRie("{}")).rejects.toMatchObject({
    name: "AwsError",
    code: "ResourceNotFoundException",
    message: expect.stringContaining("WAVETANK_RIE_FUNCTION"),
  });
});

test("the named one runs", async () => {
  await using tank = await startLambdaTank({ needs: { rieFunction: "other" } });
  await tank.create(HANDLER);
  await tank.create(
    { "index.mjs": "export const handler = async () => 2;" },
    { FunctionName: "other" },
  );
  expect(String((await tank.engine.invokeRie("{}")).body)).toBe("2");
});
