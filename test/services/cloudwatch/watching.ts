import {
  CloudWatchClient,
  GetMetricStatisticsCommand,
  type MetricDatum,
  PutMetricDataCommand,
} from "@aws-sdk/client-cloudwatch";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { startTank } from "../../support/tank.ts";

/** When every test's clock begins. */
export const T0 = Date.UTC(2026, 0, 1);
export const MINUTE = 60_000;

/** A tank on a manual clock, and CloudWatch's client. */
export async function cloudWatchTank() {
  const tank = await startTank({ clock: new ManualClock(T0) });
  const cloudwatch = tank.client(CloudWatchClient);
  const put = (...data: (MetricDatum | number)[]) =>
    cloudwatch.send(
      new PutMetricDataCommand({
        Namespace: "Rides",
        MetricData: data.map((datum) =>
          typeof datum === "number" ? { MetricName: "Fares", Value: datum } : datum,
        ),
      }),
    );
  const statistics = async (input: object = {}) => {
    const { Datapoints = [], Label } = await cloudwatch.send(
      new GetMetricStatisticsCommand({
        Namespace: "Rides",
        MetricName: "Fares",
        StartTime: new Date(T0),
        EndTime: new Date(T0 + 60 * MINUTE),
        Period: 60,
        Statistics: ["Sum"],
        ...input,
      }),
    );
    return {
      Label,
      Datapoints: Datapoints.sort((a, b) => Number(a.Timestamp) - Number(b.Timestamp)),
    };
  };
  return {
    tank,
    cloudwatch,
    clock: tank.manualClock,
    put,
    statistics,
    [Symbol.asyncDispose]: () => tank.stop(),
  };
}

export const at = (ms: number) => new Date(T0 + ms);
