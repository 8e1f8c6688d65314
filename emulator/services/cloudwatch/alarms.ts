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
  newestOf,
  reasonDataOf,
  stateUpdate,
} from "./model/alarm.ts";
import { type AlarmState, EXTRA_PERIODS, evaluate } from "./model/evaluation.ts";
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
  /** How long a minute, and one of its periods, takes: less than AWS's where scaling is sped up. */
  readonly minuteMs: number;
  readonly periodMs: number;
  state: AlarmCondition;
  /** The last datapoint that was looked at. */
  newest: number | undefined;
  /** The state that its actions were last called for. */
  calledFor: AlarmState;
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

/** An alarm wants something done. */
export interface AlarmAction {
  /** The ARN of what is to be done. */
  readonly action: string;
  readonly alarmName: string;
  readonly scope: Scope;
  /** Whether the alarm has just come into its state: scaling policies are called as long as it stays. */
  readonly isNew: boolean;
  /** The alarm's newest datapoint, where there is one, and what it is held against. */
  readonly value: number | undefined;
  readonly threshold: number;
}

const MINUTE_MS = 60_000;
/** Alarms on periods of seconds are looked at this often, others once a minute. */
const TICK_MS = 10_000;
const SCALING_POLICY = /^arn:[^:]*:autoscaling:[^:]*:[^:]*:scalingPolicy:/;

/** Alarms, evaluated on the clock while there are any. */
export class Alarms {
  readonly #context: TankContext;
  readonly #metrics: Metrics;
  readonly #minuteMs: number;
  readonly #alarms = new Scoped(() => new Map<string, Alarm>());
  readonly #changeListeners = new Set<(change: AlarmChange) => void>();
  readonly #actionListeners = new Set<(action: AlarmAction) => boolean>();
  #ticking: Disposable | undefined;

  constructor(
    context: TankContext,
    { metrics, minuteMs }: { readonly metrics: Metrics; readonly minuteMs: number },
  ) {
    this.#context = context;
    this.#metrics = metrics;
    this.#minuteMs = minuteMs;
  }

  onChange(listener: (change: AlarmChange) => void): Disposable {
    this.#changeListeners.add(listener);
    return { [Symbol.dispose]: () => this.#changeListeners.delete(listener) };
  }

  onAction(listener: (action: AlarmAction) => boolean): Disposable {
    this.#actionListeners.add(listener);
    return { [Symbol.dispose]: () => this.#actionListeners.delete(listener) };
  }

  /** Creates an alarm; one of the same name is replaced, and keeps its state and history. */
  put(
    scope: Scope,
    settings: Pick<Alarm, keyof AlarmSettings<AskedAlarm> | "queries" | "watched">,
  ): void {
    const alarms = this.#alarms.of(scope);
    const now = this.#context.clock.now();
    const known = alarms.get(settings.name);
    const { AlarmActions = [], OKActions = [], InsufficientDataActions = [] } = settings.asked;
    const actions = [...AlarmActions, ...OKActions, ...InsufficientDataActions];
    const minuteMs = actions.some(isScalingPolicy) ? this.#minuteMs : MINUTE_MS;
    const periodMs = Math.max(1, Math.round((settings.periodSeconds / 60) * minuteMs));
    const alarm: Alarm = {
      ...settings,
      scope: { accountId: scope.accountId, region: scope.region },
      configuredAt: now,
      minuteMs,
      periodMs,
      state: known?.state ?? initialState(now),
      newest: known?.newest,
      calledFor: known?.calledFor ?? "INSUFFICIENT_DATA",
      history: known?.history ?? [],
      // First looked at when the minute under way is over.
      evaluatedTo: this.#lastStep(periodMs, now),
    };
    const what = known ? "updated" : "created";
    const summary = `Alarm "${alarm.name}" ${what}`;
    note(alarm, { at: now, type: "ConfigurationUpdate", summary, data: { version: "1.0" } });
    alarms.set(alarm.name, alarm);
    this.#ticking ??= this.#context.clock.every(this.#tickMs, () => this.#tick());
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

  /** Moves an alarm to a state by hand, until the next evaluation finds another. */
  set(alarm: Alarm, state: Pick<AlarmCondition, "value" | "reason" | "reasonData">): void {
    alarm.newest = newestOf(state.reasonData) ?? alarm.newest;
    this.#move(alarm, state);
    this.#act(alarm);
  }

  stop(): void {
    this.#ticking?.[Symbol.dispose]();
    this.#ticking = undefined;
  }

  clear(): void {
    this.stop();
    this.#alarms.clear();
  }

  get #tickMs(): number {
    return Math.min(TICK_MS, this.#minuteMs);
  }

  #tick(): void {
    const now = this.#context.clock.now();
    const judged: Alarm[] = [];
    for (const alarm of this.all()) {
      const end = this.#lastStep(alarm.periodMs, now);
      if (end <= alarm.evaluatedTo) continue;
      alarm.evaluatedTo = end;
      this.#evaluate(alarm, end);
      judged.push(alarm);
    }
    // Once all are judged: what one of them calls may ask for the state of another.
    for (const alarm of judged) this.#act(alarm);
  }

  #evaluate(alarm: Alarm, end: number): void {
    const { condition, minuteMs, periodMs, scope, queries, watched } = alarm;
    const lookBackMs = (condition.evaluationPeriods + EXTRA_PERIODS) * periodMs;
    const span = { end, startFor: () => end - lookBackMs };
    const series = computeQueries(this.#metrics, scope, { queries, span, minuteMs }).get(watched);
    const found = [...(series ?? [])].map(([at, value]) => ({ at, value }));
    found.sort((a, b) => a.at - b.at);
    alarm.newest = found.at(-1)?.value;
    const verdict = evaluate(found, condition, { end, periodMs });
    // AWS tells a state again only when it is another one.
    if (!verdict || verdict.state === alarm.state.value) return;
    const reasonData = reasonDataOf(alarm, found, this.#context.clock.now());
    this.#move(alarm, { value: verdict.state, reason: verdict.reason, reasonData });
  }

  /** Tells whoever listens when the state is another one. */
  #move(
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
    const { name, arn, scope } = alarm;
    const { events } = this.#context;
    events.emit({ type: "resource", at: now, service: "cloudwatch", name, state: value });
    const actions = actionsOf(alarm);
    const change = { alarmName: name, alarmArn: arn, scope, from: from.value, to: value };
    for (const listener of this.#changeListeners) listener({ ...change, reason, actions });
  }

  /**
   * Calls what an alarm names for its state: once, and scaling policies as long as it stays.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html#alarms-and-actions
   */
  #act(alarm: Alarm): void {
    const { name: alarmName, scope, newest: value, condition } = alarm;
    const isNew = alarm.calledFor !== alarm.state.value;
    alarm.calledFor = alarm.state.value;
    for (const action of actionsOf(alarm)) {
      if (!isNew && !isScalingPolicy(action)) continue;
      const { threshold } = condition;
      const call: AlarmAction = { action, alarmName, scope, isNew, value, threshold };
      const isDone = [...this.#actionListeners].some((listener) => listener(call));
      if (!isNew || !isDone) continue;
      const at = this.#context.clock.now();
      const summary = `Successfully executed action ${action}`;
      note(alarm, { at, type: "Action", summary, data: { actionState: "Succeeded" } });
    }
  }

  /** The latest moment up to which an alarm is evaluated. */
  #lastStep(periodMs: number, now: number): number {
    const stepMs = Math.min(MINUTE_MS, Math.max(periodMs, this.#tickMs));
    return now - (now % stepMs);
  }
}

const isScalingPolicy = (action: string) => SCALING_POLICY.test(action);

function note({ history }: Alarm, item: HistoryItem): void {
  history.push(item);
  if (history.length > HISTORY_ITEMS) history.shift();
}

function actionsOf({ asked, state }: Alarm): readonly string[] {
  if (asked.ActionsEnabled === false) return [];
  const { AlarmActions = [], OKActions = [], InsufficientDataActions = [] } = asked;
  const named = { ALARM: AlarmActions, OK: OKActions, INSUFFICIENT_DATA: InsufficientDataActions };
  return named[state.value];
}
