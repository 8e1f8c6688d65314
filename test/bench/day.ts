import { MovableClock } from "../../emulator/core/movable-clock.ts";
import { Wavetank } from "../../emulator/wavetank.ts";

/** A day of an endpoint's life, in virtual time. */
export interface DayFigures {
  readonly seconds: number;
  /** Moves of its instance count, up and down. */
  readonly activities: number;
  readonly maxInstances: number;
}

const MINUTES = 24 * 60;
const PEAK_PER_SECOND = 1_000;
const ENDPOINT = "ride-duration";
const VARIANT = "AllTraffic";
const TARGET = {
  ServiceNamespace: "sagemaker",
  ResourceId: `endpoint/${ENDPOINT}/variant/${VARIANT}`,
  ScalableDimension: "sagemaker:variant:DesiredInstanceCount",
};
const PER_INSTANCE = "InvocationsPerInstance";

/**
 * An endpoint under target tracking, from no request a second at midnight to a thousand at noon and back.
 * Its requests are counted by the minute, and not sent: what is measured is the clock, the alarms and scaling.
 */
export async function dayRound(): Promise<DayFigures> {
  const clock = new MovableClock();
  await using tank = new Wavetank({ clock });
  await tank.start();
  await tank.deploy("handlers/ride-duration/template.yaml");
  const scale = <Out>(operation: string, input: object) =>
    tank.call<Out>("application-autoscaling", operation, { ...TARGET, ...input });
  await scale("RegisterScalableTarget", { MinCapacity: 1, MaxCapacity: 20 });
  await scale("PutScalingPolicy", {
    PolicyName: "Invocations",
    PolicyType: "TargetTrackingScaling",
    TargetTrackingScalingPolicyConfiguration: {
      TargetValue: 100 * 60,
      PredefinedMetricSpecification: {
        PredefinedMetricType: "SageMakerVariantInvocationsPerInstance",
      },
    },
  });

  let maxInstances = 0;
  const startedAt = performance.now();
  for (let minute = 0; minute < MINUTES; minute += 1) {
    const instances = await instanceCount(tank);
    maxInstances = Math.max(maxInstances, instances);
    const share = (1 - Math.cos((2 * Math.PI * minute) / MINUTES)) / 2;
    const requests = Math.round(share * PEAK_PER_SECOND * 60);
    if (requests > 0) await count(tank, { requests, instances, at: new Date(clock.now()) });
    await clock.advance(60_000);
  }
  const seconds = (performance.now() - startedAt) / 1000;

  const { ScalingActivities } = await scale<{ ScalingActivities: object[] }>(
    "DescribeScalingActivities",
    {},
  );
  return { seconds, activities: ScalingActivities.length, maxInstances };
}

async function instanceCount(tank: Wavetank): Promise<number> {
  const described = await tank.call<{
    ProductionVariants: readonly { CurrentInstanceCount: number }[];
  }>("sagemaker", "DescribeEndpoint", { EndpointName: ENDPOINT });
  return described.ProductionVariants[0]?.CurrentInstanceCount ?? 1;
}

/** Each request counts one over the number of instances, as when it is sent. */
async function count(
  tank: Wavetank,
  { requests, instances, at }: { requests: number; instances: number; at: Date },
): Promise<void> {
  const Dimensions = [
    { Name: "EndpointName", Value: ENDPOINT },
    { Name: "VariantName", Value: VARIANT },
  ];
  const datum = { MetricName: PER_INSTANCE, Dimensions, Unit: "None", Timestamp: at };
  await tank.call("cloudwatch", "PutMetricData", {
    Namespace: "AWS/SageMaker",
    MetricData: [{ ...datum, Values: [1 / instances], Counts: [requests] }],
  });
}
