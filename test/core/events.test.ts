import { expect, test, vi } from "vitest";
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

test("a listener that throws disturbs neither the others nor who told it: it is a warning", () => {
  const events = new Events();
  const heard: TankEvent[] = [];
  const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
  events.on(() => {
    throw new Error("deaf");
  });
  events.on((event) => heard.push(event));
  events.emit(warning);
  expect(heard).toEqual([warning]);
  expect(warn.mock.calls).toEqual([[new Error("deaf")]]);
  warn.mockRestore();
});
