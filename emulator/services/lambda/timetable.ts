import { randomUUID } from "node:crypto";
import { parseArn } from "../../core/arn.ts";
import type { TankContext } from "../../core/context.ts";
import { messageOf } from "../../core/errors.ts";
import { parseSchedule, type Schedule } from "../../core/schedule.ts";
import type { ScheduledCalls, ScheduledTarget, Schedules } from "../../core/schedules.ts";
import type { ResourceSummary } from "../../core/service.ts";
import { scheduleExpressionInvalid, scheduleTargetInvalid } from "./errors.ts";

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html
// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html

/** Timers of the machine overflow after 24 days; a longer wait is waited for in days. */
const MAX_WAIT_MS = 24 * 60 * 60_000;
/** One is singular, more are plural. */
const RATE = /^rate\((1 (minute|hour|day)|(?!1 )\d+ (minutes|hours|days))\)$/;

interface Entry {
  readonly calls: ScheduledCalls;
  readonly schedule: Schedule;
  timer: Disposable | undefined;
}

/**
 * Calls functions by the tank's clock. Times that pass while nothing runs, as when the machine sleeps, are
 * not made up for.
 */
export class Timetable implements Schedules {
  readonly #context: TankContext;
  readonly #invoke: (functionArn: string, payload: string) => Promise<unknown>;
  readonly #entries = new Map<string, Entry>();

  constructor(
    context: TankContext,
    invoke: (functionArn: string, payload: string) => Promise<unknown>,
  ) {
    this.#context = context;
    this.#invoke = invoke;
  }

  put(calls: ScheduledCalls): void {
    const { arn, expression, targets } = calls;
    const schedule = parseSchedule(expression, calls.startsAt ?? this.#context.clock.now());
    const isRule = parseArn(arn)?.service === "events";
    const isMisspelt = expression.startsWith("rate") && !RATE.test(expression);
    if (!schedule || isMisspelt || (isRule && schedule.isOnce)) throw scheduleExpressionInvalid();
    for (const { functionArn } of targets) {
      if (parseArn(functionArn)?.service !== "lambda") throw scheduleTargetInvalid(functionArn);
    }
    this.delete(arn);
    const entry: Entry = { calls, schedule, timer: undefined };
    this.#entries.set(arn, entry);
    if (calls.isEnabled) this.#await(entry);
  }

  delete(arn: string): void {
    this.#entries.get(arn)?.timer?.[Symbol.dispose]();
    this.#entries.delete(arn);
  }

  clear(): void {
    for (const arn of this.#entries.keys()) this.delete(arn);
  }

  describe(): ResourceSummary[] {
    return [...this.#entries.values()].map(({ calls: { arn, isEnabled } }) => ({
      type: "schedule",
      name: arn.slice(arn.lastIndexOf("/") + 1),
      state: isEnabled ? "ENABLED" : "DISABLED",
    }));
  }

  #await(entry: Entry): void {
    const { clock } = this.#context;
    const { startsAt = 0, endsAt = Number.POSITIVE_INFINITY, targets } = entry.calls;
    const now = clock.now();
    const at = entry.schedule.next(Math.max(now, startsAt - 1));
    if (at === undefined || at > endsAt) return;
    entry.timer = clock.after(Math.min(at - now, MAX_WAIT_MS), () => {
      if (clock.now() >= at) for (const target of targets) this.#call(entry, { target, at });
      this.#await(entry);
    });
  }

  #call({ calls }: Entry, { target, at }: { target: ScheduledTarget; at: number }): void {
    const { functionArn, input = JSON.stringify(eventOf(calls.arn, at)) } = target;
    const payload = withAttributes(input, { arn: calls.arn, at });
    this.#invoke(functionArn, payload).catch((error: unknown) => {
      const { clock, events } = this.#context;
      const message = `${calls.arn} could not call ${functionArn}: ${messageOf(error)}`;
      events.emit({ type: "warning", at: clock.now(), message });
    });
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-eventbridge-scheduler.html */
function eventOf(arn: string, at: number): object {
  const { service = "events", accountId, region } = parseArn(arn) ?? {};
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": "Scheduled Event",
    source: `aws.${service}`,
    account: accountId,
    time: timeOf(at),
    region,
    resources: [arn],
    // UNCONFIRMED: that Scheduler's detail is a text.
    detail: service === "scheduler" ? "{}" : {},
  };
}

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html */
function withAttributes(input: string, { arn, at }: { arn: string; at: number }): string {
  if (parseArn(arn)?.service !== "scheduler") return input;
  return input
    .replaceAll("<aws.scheduler.schedule-arn>", arn)
    .replaceAll("<aws.scheduler.scheduled-time>", timeOf(at))
    .replaceAll("<aws.scheduler.execution-id>", randomUUID())
    .replaceAll("<aws.scheduler.attempt-number>", "1");
}

function timeOf(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}
