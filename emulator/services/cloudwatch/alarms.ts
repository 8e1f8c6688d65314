import type { PutMetricAlarmInput } from "@aws-sdk/client-cloudwatch";
import type { TankContext } from "../../core/context.ts";
import type { Checked, Scope } from "../../core/service.ts";
import { Scoped } from "../../core/store.ts";
import { HISTORY_ITEMS } from "./limits.ts";
import type { Metrics } from "./metrics.ts";
import {
  type AlarmCondition,
  type AlarmSettings,
  type HistoryItem,
  initialState,
  stateUpdate,
} from "./model/alarm.ts";
import { type AlarmState, type Datapoint, EXTRA_PERIODS, evaluate } from "./model/evaluation.ts";
import { computeQueries, type Query } from "./queries.ts";

/** What PutMetricAlarm was given; what is left out is not emulated. */
export type AskedAlarm = Omit<
  Checked<PutMetricAlarmInput>,
  "EvaluationWindow" | "EvaluationCriteria"
>;

/** An alarm, its state, and what became of it. */
export interface Alarm extends AlarmSettings<AskedAlarm> {
  readonly scope: Scope;
  /** The metric and expressions it watches. */
  readonly queries: readonly Query[];
  /** The query whose points are judged. */
  readonly watched: string;
  readonly configuredAt: number;
  state: AlarmCondition;
  readonly history: HistoryItem[];
  /** When its last evaluation ended, epoch ms. */
  evaluatedTo: number;
}

/** An alarm has changed its state. */
export interface AlarmChange {
  readonly alarmName: string;
  readonly alarmArn: string;
  readonly scope: Scope;
  readonly from: AlarmState;
  readonly to: AlarmState;
  readonly reason: string;
  /** ARNs of what the alarm asks to be done in its new state; empty when its actions are switched off. */
  readonly actions: readonly string[];
}

const MINUTE_MS = 60_000;
/** Alarms on periods of seconds are looked at this often, others once a minute. */
const TICK_MS = 10_000;

/** Alarms, evaluated on the clock while there are any. */
export class Alarms {
  readonly #context: TankContext;
  readonly #metrics: Metrics;
  readonly #alarms = new Scoped(() => new Map<string, Alarm>());
  readonly #listeners = new Set<(change: AlarmChange) => void>();
  #ticking: Disposable | undefined;

  constructor(context: TankContext, metrics: Metrics) {
    this.#context = context;
    this.#metrics = metrics;
  }

  onChange(listener: (change: AlarmChange) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
  }

  /** Creates an alarm; one of the same name is replaced, and keeps its state and history. */
  put(
    scope: Scope,
    settings: Omit<Alarm, "scope" | "configuredAt" | "state" | "history" | "evaluatedTo">,
  ): Alarm {
    const alarms = this.#alarms.of(scope);
    const now = this.#context.clock.now();
    const known = alarms.get(settings.name);
    const alarm: Alarm = {
      ...settings,
      scope: { accountId: scope.accountId, region: scope.region },
      configuredAt: now,
      state: known?.state ?? initialState(now),
      history: known?.history ?? [],
      // First looked at when the minute under way is over.
      evaluatedTo: lastStep(settings, now),
    };
    const what = known ? "updated" : "created";
    const summary = `Alarm "${alarm.name}" ${what}`;
    note(alarm, { at: now, type: "ConfigurationUpdate", summary, data: { version: "1.0" } });
    alarms.set(alarm.name, alarm);
    this.#ticking ??= this.#context.clock.every(TICK_MS, () => this.#tick());
    return alarm;
  }

  find(scope: Scope, name: string): Alarm | undefined {
    return this.#alarms.of(scope).get(name);
  }

  delete(scope: Scope, name: string): void {
    this.#alarms.of(scope).delete(name);
    if (this.all().length === 0) this.stop();
  }

  /** The caller's alarms, by name. */
  list(scope: Scope): Alarm[] {
    return [...this.#alarms.of(scope).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  all(): Alarm[] {
    return this.#alarms.all().flatMap((alarms) => [...alarms.values()]);
  }

  /** Moves an alarm to a state, and tells whoever listens when it is another one. */
  move(
    alarm: Alarm,
    { value, reason, reasonData }: Pick<AlarmCondition, "value" | "reason" | "reasonData">,
  ): void {
    const now = this.#context.clock.now();
    const from = alarm.state;
    const hasChanged = value !== from.value;
    const changedAt = hasChanged ? now : from.changedAt;
    alarm.state = { value, reason, reasonData, updatedAt: now, changedAt };
    if (!hasChanged) return;
    note(alarm, stateUpdate(from, alarm.state));
    const { events } = this.#context;
    const { name, asked, scope } = alarm;
    events.emit({ type: "resource", at: now, service: "cloudwatch", name, state: value });
    const change: AlarmChange = {
      alarmName: name,
      alarmArn: alarm.arn,
      scope,
      from: from.value,
      to: value,
      reason,
      actions: asked.ActionsEnabled === false ? [] : actionsOf(asked, value),
    };
    for (const listener of this.#listeners) listener(change);
  }

  stop(): void {
    this.#ticking?.[Symbol.dispose]();
    this.#ticking = undefined;
  }

  clear(): void {
    this.stop();
    this.#alarms.clear();
  }

  #tick(): void {
    const now = this.#context.clock.now();
    for (const alarm of this.all()) {
      const end = lastStep(alarm, now);
      if (end <= alarm.evaluatedTo) continue;
      alarm.evaluatedTo = end;
      this.#evaluate(alarm, end);
    }
  }

  #evaluate(alarm: Alarm, end: number): void {
    const { condition, periodSeconds, scope, queries, watched } = alarm;
    const periodMs = periodSeconds * 1000;
    const lookBackMs = (condition.evaluationPeriods + EXTRA_PERIODS) * periodMs;
    const span = { end, startFor: () => end - lookBackMs };
    const series = computeQueries(this.#metrics, scope, { queries, span }).get(watched);
    const found = [...(series ?? [])].map(([at, value]) => ({ at, value }));
    const verdict = evaluate(found, condition);
    // AWS tells a state again only when it is another one.
    if (!verdict || verdict.state === alarm.state.value) return;
    const reasonData = reasonDataOf(alarm, found, this.#context.clock.now());
    this.move(alarm, { value: verdict.state, reason: verdict.reason, reasonData });
  }
}

/** The latest moment up to which an alarm is evaluated. */
function lastStep({ periodSeconds }: Pick<Alarm, "periodSeconds">, now: number): number {
  const stepMs = Math.min(MINUTE_MS, Math.max(periodSeconds * 1000, TICK_MS));
  return now - (now % stepMs);
}

function note({ history }: Alarm, item: HistoryItem): void {
  history.push(item);
  if (history.length > HISTORY_ITEMS) history.shift();
}

function actionsOf(asked: AskedAlarm, state: AlarmState): readonly string[] {
  const { AlarmActions = [], OKActions = [], InsufficientDataActions = [] } = asked;
  return { ALARM: AlarmActions, OK: OKActions, INSUFFICIENT_DATA: InsufficientDataActions }[state];
}

/** What lies behind a state, for programs. */
function reasonDataOf(
  { asked, condition, periodSeconds }: Alarm,
  found: readonly Datapoint[],
  now: number,
): string {
  const recent = [...found].sort((a, b) => a.at - b.at).slice(-condition.evaluationPeriods);
  const time = (at: number) => new Date(at).toISOString().replace("Z", "+0000");
  const [first] = recent;
  return JSON.stringify({
    version: "1.0",
    queryDate: time(now),
    ...(first && { startDate: time(first.at) }),
    ...(asked.Statistic && { statistic: asked.Statistic }),
    period: periodSeconds,
    recentDatapoints: recent.map(({ value }) => value),
    threshold: condition.threshold,
    evaluatedDatapoints: recent.map(({ at, value }) => ({ timestamp: time(at), value })).reverse(),
  });
}
