import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { Events, type TankEvent } from "../../../emulator/core/events.ts";
import { Timetable } from "../../../emulator/services/lambda/timetable.ts";

const MINUTE_MS = 60_000;
const functionArn = "arn:aws:lambda:us-east-1:000000000000:function:score";
const rule = {
  arn: "arn:aws:events:us-east-1:000000000000:rule/often",
  expression: "rate(5 minutes)",
  isEnabled: true,
  targets: [{ functionArn }],
};
const schedule = { ...rule, arn: "arn:aws:scheduler:us-east-1:000000000000:schedule/default/once" };

function timetable() {
  const clock = new ManualClock();
  const events = new Events();
  const calls: { at: string; functionArn: string; payload: Record<string, unknown> }[] = [];
  const context = { clock, events, enforceLimits: true };
  const table = new Timetable(context, async (arn, payload) => {
    const at = new Date(clock.now()).toISOString().slice(0, 16);
    calls.push({ at, functionArn: arn, payload: JSON.parse(payload) });
  });
  return { clock, events, table, calls };
}

test("a rule calls its function with AWS's event of a schedule, period by period", async () => {
  const { clock, table, calls } = timetable();
  table.put(rule);
  await clock.advance(11 * MINUTE_MS);
  expect(calls.map(({ at }) => at)).toEqual(["2026-01-01T00:05", "2026-01-01T00:10"]);
  expect(calls[0]).toMatchObject({
    functionArn,
    payload: {
      version: "0",
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      "detail-type": "Scheduled Event",
      source: "aws.events",
      account: "000000000000",
      time: "2026-01-01T00:05:00Z",
      region: "us-east-1",
      resources: [rule.arn],
      detail: {},
    },
  });
});

test("a date far ahead is waited for, and comes once", async () => {
  const { clock, table, calls } = timetable();
  table.put({ ...schedule, expression: "at(2026-03-01T12:00:00)" });
  await clock.advance(365 * 24 * 60 * MINUTE_MS);
  expect(calls.map(({ at }) => at)).toEqual(["2026-03-01T12:00"]);
  expect(calls[0]?.payload.source).toBe("aws.scheduler");
});

test("an input of one's own replaces the event, and Scheduler fills its attributes in", async () => {
  const { clock, table, calls } = timetable();
  const input = '{"due":"<aws.scheduler.scheduled-time>"}';
  table.put({ ...rule, targets: [{ functionArn, input }] });
  table.put({ ...schedule, targets: [{ functionArn, input }] });
  await clock.advance(5 * MINUTE_MS);
  expect(calls.map(({ payload }) => payload.due)).toEqual([
    "<aws.scheduler.scheduled-time>",
    "2026-01-01T00:05:00Z",
  ]);
});

test("a schedule keeps to its dates, and what is disabled or deleted is silent", async () => {
  const { clock, table, calls } = timetable();
  const startsAt = clock.now() + 60 * MINUTE_MS;
  table.put({ ...schedule, startsAt, endsAt: startsAt + 10 * MINUTE_MS });
  table.put({ ...rule, isEnabled: false });
  table.put({ ...rule, arn: `${rule.arn}-2` });
  table.delete(`${rule.arn}-2`);
  expect(table.describe()).toEqual([
    { type: "schedule", name: "once", state: "ENABLED" },
    { type: "schedule", name: "often", state: "DISABLED" },
  ]);
  await clock.advance(120 * MINUTE_MS);
  expect(calls.map(({ at }) => at)).toEqual(["2026-01-01T01:05", "2026-01-01T01:10"]);
});

test.each(["rate(1 minutes)", "rate(2 minute)", "cron(0 8 * * *)", "at(2026-03-01T12:00:00)"])(
  "%s is no expression of a rule",
  (expression) => {
    const { table } = timetable();
    expect(() => table.put({ ...rule, expression })).toThrow(
      "Parameter ScheduleExpression is not valid.",
    );
  },
);

test("a target that is no function is refused by name", () => {
  const { table } = timetable();
  const targets = [{ functionArn: "arn:aws:sqs:us-east-1:000000000000:q" }];
  expect(() => table.put({ ...rule, targets })).toThrow("arn:aws:sqs:us-east-1:000000000000:q");
});

test("a function that is gone is a warning, and the schedule goes on", async () => {
  const { clock, events } = timetable();
  const warnings: TankEvent[] = [];
  events.on((event) => warnings.push(event));
  const table = new Timetable({ clock, events, enforceLimits: true }, async () => {
    throw new Error("Function not found");
  });
  table.put(rule);
  await clock.advance(10 * MINUTE_MS);
  expect(warnings).toHaveLength(2);
  expect(warnings[0]).toMatchObject({
    type: "warning",
    message: `${rule.arn} could not call ${functionArn}: Function not found`,
  });
});
