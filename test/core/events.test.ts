import { expect, test } from "vitest";
import { Events, type TankEvent } from "../../emulator/core/events.ts";

const warning: TankEvent = { type: "warning", at: 0, message: "low water" };

test("every listener hears an event until it is disposed", () => {
  const events = new Events();
  const heard: string[] = [];
  const first = events.on(() => heard.push("first"));
  events.on(() => heard.push("second"));
  events.emit(warning);
  first[Symbol.dispose]();
  events.emit(warning);
  expect(heard).toEqual(["first", "second", "second"]);
});

test("events know whether anyone listens", () => {
  const events = new Events();
  expect(events.observed).toBe(false);
  const listening = events.on(() => {});
  expect(events.observed).toBe(true);
  listening[Symbol.dispose]();
  expect(events.observed).toBe(false);
});

test("a listener that throws disturbs neither the others nor who told it", async () => {
  const events = new Events();
  const heard: TankEvent[] = [];
  const warned = new Promise<void>((resolve) => {
    process.on("warning", ({ message }) => message === "deaf" && resolve());
  });
  events.on(() => {
    throw new Error("deaf");
  });
  events.on((event) => heard.push(event));
  events.emit(warning);
  expect(heard).toEqual([warning]);
  await warned;
});
