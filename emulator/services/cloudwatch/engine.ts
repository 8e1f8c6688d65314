import type { TankContext } from "../../core/context.ts";
import type { Meter, MetricSink, MetricSource } from "../../core/metrics.ts";
import type { Engine, ResourceSummary, Scope } from "../../core/service.ts";
import { settingsOf } from "./alarm-settings.ts";
import { type AlarmAction, type AlarmChange, Alarms, type AskedAlarm } from "./alarms.ts";
import { Metrics } from "./metrics.ts";
import type { AlarmState } from "./model/evaluation.ts";
import { type Statistic, statistic } from "./model/statistic.ts";
import { computeQueries } from "./queries.ts";

/** What to read of a metric, from inside the tank. */
export interface StatisticsQuery {
  readonly scope: Scope;
  readonly namespace: string;
  readonly name: string;
  /** All of the metric's dimensions, in AWS's names. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** "Average", "Sum", "p90"… */
  readonly statistic: string;
  /** Epoch ms; the first period begins here. */
  readonly start: number;
  /** Epoch ms, exclusive. */
  readonly end: number;
  readonly periodMs: number;
}

const MINUTE_MS = 60_000;

/** Metrics and alarms. */
export class CloudWatchEngine implements Engine, MetricSink {
  readonly metrics: Metrics;
  readonly alarms: Alarms;

  /** @param minuteMs how long a minute of those alarms takes that call scaling policies */
  constructor(context: TankContext, minuteMs = MINUTE_MS) {
    this.metrics = new Metrics(minuteMs);
    this.alarms = new Alarms(context, { metrics: this.metrics, minuteMs });
  }

  async stop(): Promise<void> {
    this.alarms.stop();
  }

  reset(): void {
    this.alarms.clear();
    this.metrics.clear();
  }

  describe(): ResourceSummary[] {
    const alarms = this.alarms.all();
    return alarms.map(({ name, state }) => ({ type: "alarm", name, state: state.value }));
  }

  meter(source: MetricSource): Meter {
    return this.metrics.meter(source);
  }

  /** A metric's periods that have data, in their order. */
  statistics(query: StatisticsQuery): { readonly at: number; readonly value: number }[] {
    const { scope, namespace, name, start, end, periodMs } = query;
    const dimensions = Object.entries(query.dimensions).map(([name, value]) => ({ name, value }));
    const metric = this.metrics.find(scope, { namespace, name, dimensions });
    const of: Statistic | undefined = statistic(query.statistic);
    if (!of) throw new Error(`no statistic ${query.statistic}`);
    const periods = [...(metric?.periods({ start, end, periodMs }) ?? [])];
    return periods
      .sort(([a], [b]) => a - b)
      .flatMap(([at, bucket]) => {
        const value = of(bucket);
        return value === undefined ? [] : [{ at, value }];
      });
  }

  /** What PutMetricAlarm does. @throws AwsError for an alarm that is faulty or not emulated */
  putAlarm(scope: Scope, asked: AskedAlarm): void {
    const settings = settingsOf(asked, scope);
    // A faulty expression is told of now, and not on the clock.
    const span = { end: 0, startFor: () => 0 };
    computeQueries(this.metrics, scope, { queries: settings.queries, span });
    this.alarms.put(scope, settings);
  }

  deleteAlarm(scope: Scope, name: string): void {
    this.alarms.delete(scope, name);
  }

  /** An alarm's state, and its newest datapoint where there is one; `undefined` when it is not there. */
  alarmState(
    scope: Scope,
    name: string,
  ): { readonly value: AlarmState; readonly newest: number | undefined } | undefined {
    const alarm = this.alarms.find(scope, name);
    return alarm && { value: alarm.state.value, newest: alarm.newest };
  }

  /** Calls back when an alarm wants an action done, until a listener says that it has done it. */
  onAlarmAction(listener: (action: AlarmAction) => boolean): Disposable {
    return this.alarms.onAction(listener);
  }

  /** Calls back whenever an alarm changes its state. */
  onAlarmState(listener: (change: AlarmChange) => void): Disposable {
    return this.alarms.onChange(listener);
  }
}
