import {
  DescribeScalingActivitiesCommand,
  PutScalingPolicyCommand,
  RegisterScalableTargetCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { answer, GatedHost } from "../sagemaker/gated-host.ts";
import { HostingTank } from "../sagemaker/hosting-tank.ts";

export const TARGET = {
  ServiceNamespace: "sagemaker",
  ResourceId: "endpoint/Wine/variant/Alltraffic",
  ScalableDimension: "sagemaker:variant:DesiredInstanceCount",
} as const;

const SCOPE = { accountId: "000000000000", region: "us-east-1" };
const VARIANT = { EndpointName: "Wine", VariantName: "Alltraffic" };
const MINUTE_MS = 60_000;

type Tracking = Partial<
  NonNullable<
    ConstructorParameters<
      typeof PutScalingPolicyCommand
    >[0]["TargetTrackingScalingPolicyConfiguration"]
  >
>;

/** An endpoint in service, on a clock that stands until it is moved. */
export class ScaledEndpoint extends HostingTank {
  readonly clock: ManualClock;

  constructor(clock: ManualClock) {
    super({ clock, host: new GatedHost(() => answer(200, "0.0")).open() });
    this.clock = clock;
  }

  static async open(): Promise<ScaledEndpoint> {
    const tank = new ScaledEndpoint(new ManualClock());
    await tank.start();
    await tank.addModel("model");
    await tank.addConfig("config", { VariantName: "Alltraffic", InstanceType: "ml.m5.xlarge" });
    await tank.addEndpoint("Wine", "config");
    return tank;
  }

  register(MinCapacity = 1, MaxCapacity = 3) {
    return this.scaling.send(
      new RegisterScalableTargetCommand({ ...TARGET, MinCapacity, MaxCapacity }),
    );
  }

  /** The wine notebook's policy. */
  track(config: Tracking = {}, PolicyName = "Invocations") {
    return this.scaling.send(
      new PutScalingPolicyCommand({
        ...TARGET,
        PolicyName,
        PolicyType: "TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: 100,
          PredefinedMetricSpecification: {
            PredefinedMetricType: "SageMakerVariantInvocationsPerInstance",
          },
          ScaleInCooldown: 60,
          ScaleOutCooldown: 60,
          ...config,
        },
      }),
    );
  }

  get now(): Date {
    return new Date(this.clock.now());
  }

  get variant() {
    const variant = this.engine.find("Wine", SCOPE)?.variant("Alltraffic");
    if (!variant) throw new Error("the endpoint is gone");
    return variant;
  }

  /** A load for so many minutes: requests are counted, not answered. */
  async load(requestsPerMinute: number, minutes = 1): Promise<void> {
    for (let minute = 0; minute < minutes; minute += 1) {
      const source = { ...SCOPE, namespace: "AWS/SageMaker", dimensions: VARIANT };
      this.cloudwatch.meter(source).record({
        name: "InvocationsPerInstance",
        value: requestsPerMinute / this.variant.instanceCount,
        unit: "None",
        at: this.clock.now(),
      });
      await this.clock.advance(MINUTE_MS);
    }
  }

  async activities(options: { IncludeNotScaledActivities?: boolean } = {}) {
    const command = new DescribeScalingActivitiesCommand({ ...TARGET, ...options });
    return (await this.scaling.send(command)).ScalingActivities ?? [];
  }
}
