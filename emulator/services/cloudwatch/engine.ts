import type { TankContext } from "../../core/context.ts";
import type { Measurement, MetricSink } from "../../core/metrics.ts";
import type { Engine, ResourceSummary, Scope } from "../../core/service.ts";
import { type AlarmChange, Alarms } from "./alarms.ts";
import { Metrics } from "./metrics.ts";
import { type Statistic, statistic } from "./model/statistic.ts";

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

/** Metrics and alarms. */
export class CloudWatchEngine implements Engine, MetricSink {
  readonly metrics = new Metrics();
  readonly alarms: Alarms;

  constructor(context: TankContext) {
    this.alarms = new Alarms(context, this.metrics);
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

  record(measurement: Measurement): void {
    this.metrics.record(measurement);
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

  /** Calls back whenever an alarm changes its state. */
  onAlarmState(listener: (change: AlarmChange) => void): Disposable {
    return this.alarms.onChange(listener);
  }
}
