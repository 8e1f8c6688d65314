import type { DataCaptureConfig } from "@aws-sdk/client-sagemaker";
import type { Clock } from "../../../core/clock.ts";
import type { TankContext } from "../../../core/context.ts";
import type { LogSink } from "../../../core/logs.ts";
import type { MetricSink } from "../../../core/metrics.ts";
import type { Scope } from "../../../core/service.ts";
import type { Plan } from "../endpoint.ts";
import { captureStarter, type DataCapture } from "../hosting/data-capture.ts";
import type { ModelArtifacts } from "../hosting/model-artifacts.ts";
import type { ModelHost } from "../hosting/model-host.ts";
import { RunningVariant } from "../hosting/running-variant.ts";
import type { SageMakerNeeds } from "../needs.ts";
import type { PlannedVariant } from "../resources.ts";
import { launchMsOf } from "./capacity.ts";
import { DeployedVariant } from "./deployed-variant.ts";

export interface FleetLaunch {
  readonly endpointName: string;
  readonly scope: Scope;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly artifacts: ModelArtifacts;
  readonly host: ModelHost;
  readonly metrics: MetricSink | undefined;
  readonly logs: LogSink | undefined;
  /** How long CloudWatch's minute is. */
  readonly periodMs: number;
  /** What begins to capture a variant's requests and answers; nothing where they are not captured. */
  captureOf(
    config: DataCaptureConfig | undefined,
    variantName: string,
  ): (() => DataCapture) | undefined;
}

const MINUTE_MS = 60_000;

/** What an endpoint's launch needs of the tank. */
export function fleetLaunch(
  endpointName: string,
  of: {
    readonly context: TankContext;
    readonly needs: SageMakerNeeds;
    readonly scope: Scope;
    readonly signal: AbortSignal;
    /** Told when what was captured could not be written. */
    readonly onFault: (error: unknown) => void;
  },
): FleetLaunch {
  const { artifacts, host, captureStore: store, periodMs = MINUTE_MS } = of.needs;
  const { clock, metrics, logs } = of.context;
  const { accountId, region } = of.scope;
  return {
    ...{ endpointName, scope: { accountId, region }, signal: of.signal },
    ...{ clock, metrics, logs, artifacts, host, periodMs },
    captureOf: (config, variantName) =>
      captureStarter(config, { endpointName, variantName, store, clock, onFault: of.onFault }),
  };
}

/**
 * Loads the models of all variants; none is left behind when one of them cannot be loaded.
 * @throws DeploymentFault with the words of AWS's FailureReason
 */
export async function launchFleet(plan: Plan, launch: FleetLaunch): Promise<DeployedVariant[]> {
  const { signal, clock } = launch;
  const started: RunningVariant[] = [];
  const start = async (variant: PlannedVariant) => {
    const startCapture = launch.captureOf(plan.config.declared.DataCaptureConfig, variant.name);
    const { model } = variant;
    const running = await RunningVariant.launch({ ...launch, variant, model, startCapture });
    started.push(running);
    return running;
  };
  try {
    const shadow = plan.shadow && {
      of: plan.shadow,
      running: await start(plan.shadow),
    };
    const fleet: DeployedVariant[] = [];
    for (const variant of plan.variants) {
      const running = await start(variant);
      const copies = shadow && new DeployedVariant(shadow.of, { ...shadow, clock });
      fleet.push(new DeployedVariant(variant, { running, clock, shadow: copies }));
    }
    const all = plan.shadow ? [...plan.variants, plan.shadow] : plan.variants;
    await launched(all, launch);
    signal.throwIfAborted();
    for (const variant of fleet) variant.meter(launch);
    return fleet;
  } catch (fault) {
    await Promise.all(started.map((running) => running.stop()));
    throw fault;
  }
}

/** Waits as long as the slowest of some variants' instances takes to come up. */
export async function launched(
  variants: readonly PlannedVariant[],
  { clock, signal }: Pick<FleetLaunch, "clock" | "signal">,
): Promise<void> {
  const waits = variants.map(({ model, instanceType }) =>
    launchMsOf(model.environment, instanceType),
  );
  const slowest = Math.max(0, ...waits);
  if (slowest > 0) await clock.sleep(slowest, signal);
}
