import {
  type MetricDatum,
  PutMetricData$,
  type PutMetricDataInput,
} from "@aws-sdk/client-cloudwatch";
import { type Checked, operation } from "../../../core/service.ts";
import type { CloudWatchEngine } from "../engine.ts";
import {
  differentSizes,
  exclusive,
  invalidNumber,
  namespaceStartsWithColon,
  notEmulated,
  nothingPublished,
  timestampOutOfRange,
  valueMissing,
} from "../errors.ts";
import { MAX_FUTURE_MS, MAX_PAST_MS, MAX_VALUE, metricData, namespace } from "../limits.ts";
import type { Published } from "../metrics.ts";
import { dimensionsOf } from "../naming.ts";

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
export const PutMetricData = operation<CloudWatchEngine, PutMetricDataInput, void>({
  schema: PutMetricData$,
  limits: { Namespace: namespace, MetricData: metricData },
  handle({ metrics }, input, call) {
    if (input.EntityMetricData) throw notEmulated("EntityMetricData");
    if (input.Namespace.startsWith(":")) throw namespaceStartsWithColon();
    if (!input.MetricData) throw nothingPublished();
    const now = call.clock.now();
    // One bad datum fails the whole call, so all are checked before any is kept.
    const checked = input.MetricData.map((datum, index) => {
      const at = datum.Timestamp?.getTime() ?? now;
      if (at < now - MAX_PAST_MS || at > now + MAX_FUTURE_MS) throw timestampOutOfRange(index + 1);
      const seconds = datum.StorageResolution ?? 60;
      if (seconds !== 1 && seconds !== 60) {
        throw invalidNumber(`MetricData.member.${index + 1}.StorageResolution`, seconds);
      }
      return { datum, at, seconds, published: publishedOf(datum, index + 1) };
    });
    for (const { datum, at, seconds, published } of checked) {
      const name = {
        namespace: input.Namespace,
        name: datum.MetricName,
        dimensions: dimensionsOf(datum.Dimensions),
      };
      metrics.publish(call, name, { at, now, seconds, published, unit: datum.Unit ?? "None" });
    }
  },
  summarize: ({ Namespace, MetricData }) => `${Namespace} · ${MetricData?.length} data`,
});

/** What a datum brings, in one of its three ways. */
function publishedOf(datum: Checked<MetricDatum>, index: number): Published[] {
  const { Value, Values, Counts, StatisticValues } = datum;
  if (Value !== undefined && Values) throw exclusive(index, "Value", "Values");
  if (Value !== undefined && StatisticValues) throw exclusive(index, "Value", "StatisticValues");
  if (Values && StatisticValues) throw exclusive(index, "Values", "StatisticValues");
  const sound = (name: string, value: number) => {
    if (Number.isFinite(value) && Math.abs(value) <= MAX_VALUE) return value;
    throw invalidNumber(`MetricData.member.${index}.${name}`, value);
  };
  if (Value !== undefined) return [{ value: sound("Value", Value), count: 1 }];
  if (StatisticValues) {
    const { SampleCount: count, Sum: sum, Minimum: min, Maximum: max } = StatisticValues;
    for (const [name, value] of Object.entries(StatisticValues)) sound(name, value);
    return count === 0 ? [] : [{ set: { count, sum, min, max } }];
  }
  if (!Values || Values.length === 0) throw valueMissing(index);
  if (Counts && Counts.length !== Values.length) throw differentSizes(index);
  return Values.map((value, place) => {
    const count = sound("Counts", Counts?.[place] ?? 1);
    if (count < 0) throw invalidNumber(`MetricData.member.${index}.Counts`, count);
    return { value: sound("Values", value), count };
  }).filter(({ count }) => count > 0);
}
