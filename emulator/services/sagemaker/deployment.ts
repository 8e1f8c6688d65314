import type { CapacitySize, DeploymentConfig } from "@aws-sdk/client-sagemaker";
import type { Checked } from "../../core/service.ts";
import { alarmNotFound, badDeployment, notEmulated } from "./errors.ts";
import type { PlannedVariant } from "./resources.ts";

// https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-blue-green.html

/** How an update hands the traffic over to the new fleet. */
export interface Deployment {
  /** The new fleet's shares in turn, in per cent; the last is 100. */
  readonly shares: readonly number[];
  /** How long each share is watched. */
  readonly bakingMs: number;
  /** How long the old fleet is kept once it serves no more. */
  readonly terminationMs: number;
  /** Alarms that take the traffic back. */
  readonly alarms: readonly string[];
}

const ALL_AT_ONCE: Deployment = {
  shares: [100],
  bakingMs: 0,
  terminationMs: 0,
  alarms: [],
};

/**
 * Reads a configuration for the fleet that comes.
 * @throws AwsError ValidationException for what cannot be done, and for alarms that are not there: they would
 *   never take the traffic back
 */
export function deploymentOf(
  config: Checked<DeploymentConfig> | undefined,
  {
    variants,
    hasAlarm,
  }: { variants: readonly PlannedVariant[]; hasAlarm: (alarm: string) => boolean },
): Deployment {
  if (!config) return ALL_AT_ONCE;
  const { BlueGreenUpdatePolicy: policy, AutoRollbackConfiguration: rollback } = config;
  if (config.RollingUpdatePolicy) throw notEmulated("RollingUpdatePolicy");
  const alarms = (rollback?.Alarms ?? []).flatMap(({ AlarmName }) => AlarmName ?? []);
  const missing = alarms.find((alarm) => !hasAlarm(alarm));
  if (missing !== undefined) throw alarmNotFound(missing);
  if (!policy) return { ...ALL_AT_ONCE, alarms };
  const routing = policy.TrafficRoutingConfiguration;
  const { Type, WaitIntervalInSeconds, CanarySize, LinearStepSize } = routing;
  if ((Type === "CANARY") !== (CanarySize !== undefined)) {
    throw badDeployment("CanarySize goes with traffic routing of type CANARY.");
  }
  if ((Type === "LINEAR") !== (LinearStepSize !== undefined)) {
    throw badDeployment("LinearStepSize goes with traffic routing of type LINEAR.");
  }
  return {
    shares: sharesOf(CanarySize ?? LinearStepSize, { isLinear: Type === "LINEAR", variants }),
    bakingMs: WaitIntervalInSeconds * 1000,
    terminationMs: (policy.TerminationWaitInSeconds ?? 0) * 1000,
    alarms,
  };
}

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TrafficRoutingConfig.html
const MAX_STEP_PERCENT = 50;
const MIN_LINEAR_PERCENT = 10;

function sharesOf(
  size: Checked<CapacitySize> | undefined,
  { isLinear, variants }: { isLinear: boolean; variants: readonly PlannedVariant[] },
): number[] {
  if (!size) return [100];
  const instances = variants.reduce((sum, { instanceCount }) => sum + instanceCount, 0);
  const percent = size.Type === "INSTANCE_COUNT" ? (100 * size.Value) / instances : size.Value;
  const least = isLinear ? MIN_LINEAR_PERCENT : 1;
  if (percent < least || percent > MAX_STEP_PERCENT) {
    throw badDeployment(
      `A step of traffic must be of ${least} to ${MAX_STEP_PERCENT} percent of the fleet, not ${percent}.`,
    );
  }
  if (!isLinear) return [percent, 100];
  const steps = Math.ceil(100 / percent);
  return Array.from({ length: steps }, (_, step) => Math.min(100, percent * (step + 1)));
}
