import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { until } from "../../support/tank.ts";
import { type LambdaTank, SCOPE, startLambdaTank } from "./support/lambda-tank.ts";

const FAILING = {
  "index.mjs": `export const handler = async (event) => { if (event.fails) throw new Error("no"); };`,
};

const invocations = (tank: LambdaTank) => tank.seen.filter((event) => event.type === "invocation");

test("an event is accepted at once and runs later", async () => {
  await using tank = await startLambdaTank();
  await tank.create(FAILING);
  const { answer, text } = await tank.invoke("score", {}, { InvocationType: "Event" });
  expect(answer.StatusCode).toBe(202);
  expect(text).toBe("");
  const [ran] = await until(() => invocations(tank).length > 0 && invocations(tank));
  expect(ran).toMatchObject({ outcome: "ok", requestId: answer.$metadata.requestId });
});

test("a failed event is tried again after one and after two more minutes, then dropped", async () => {
  const clock = new ManualClock();
  await using tank = await startLambdaTank({ clock });
  await tank.create(FAILING);
  const { answer } = await tank.invoke("score", { fails: true }, { InvocationType: "Event" });
  const ran = (count: number) => until(() => invocations(tank).length === count);
  // What follows an answer is done once the event loop has come round.
  const settled = () => clock.advance(0);
  await ran(1);
  await settled();
  await clock.advance(59_999);
  expect(invocations(tank)).toHaveLength(1);
  await clock.advance(1);
  await ran(2);
  await settled();
  await clock.advance(119_999);
  expect(invocations(tank)).toHaveLength(2);
  await clock.advance(1);
  await ran(3);
  await until(() => tank.seen.some(({ type }) => type === "warning"));
  await clock.advance(24 * 60 * 60_000);
  expect(invocations(tank)).toHaveLength(3);
  const { requestId } = answer.$metadata;
  expect(invocations(tank).map((event) => event.requestId)).toEqual(Array(3).fill(requestId));
  expect(tank.seen.find(({ type }) => type === "warning")).toMatchObject({
    message: `Event ${requestId} for score was dropped: the function failed 3 times`,
  });
});

test("events are measured: received, how old they are when they run, and dropped", async () => {
  const clock = new ManualClock();
  await using tank = await startLambdaTank({ clock, needs: { concurrency: 0 } });
  await tank.create(FAILING);
  await tank.invoke("score", {}, { InvocationType: "Event" });
  await clock.advance(7 * 60 * 60_000);
  const values = (metric: string) =>
    tank.measured.filter(({ name }) => name === metric).map(({ value }) => value);
  expect(values("AsyncEventsReceived")).toEqual([1]);
  expect(values("AsyncEventsDropped")).toEqual([1]);
  const ages = values("AsyncEventAge");
  expect(ages[0]).toBe(0);
  expect(ages).toEqual([...ages].sort((a, b) => a - b));
  expect(values("Throttles")).toHaveLength(ages.length);
});

test("a throttled event waits and does not use up its tries", async () => {
  const clock = new ManualClock();
  await using tank = await startLambdaTank({ clock, needs: { concurrency: 0 } });
  await tank.create(FAILING);
  await tank.engine.invoke({
    functionName: "score",
    payload: "{}",
    scope: SCOPE,
    invocationType: "Event",
  });
  await clock.advance(5 * 60 * 60_000);
  expect(tank.seen.some(({ type }) => type === "warning")).toBe(false);
  await clock.advance(2 * 60 * 60_000);
  expect(tank.seen.find(({ type }) => type === "warning")).toMatchObject({
    message: expect.stringMatching(/was dropped: it is too old$/),
  });
});

test("an event whose function was deleted meanwhile is dropped", async () => {
  const clock = new ManualClock();
  await using tank = await startLambdaTank({ clock });
  await tank.create(FAILING);
  await tank.invoke("score", { fails: true }, { InvocationType: "Event" });
  await until(() => invocations(tank).length === 1);
  await clock.advance(0);
  tank.engine.functions.delete(tank.engine.functions.find({ FunctionName: "score" }, SCOPE).fn);
  await clock.advance(60_000);
  expect(tank.seen.find(({ type }) => type === "warning")).toMatchObject({
    message: expect.stringContaining("Function not found"),
  });
});
