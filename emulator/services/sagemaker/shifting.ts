import type { Clock } from "../../core/clock.ts";
import type { Deployment } from "./deployment.ts";
import { type Endpoint, stopAll } from "./endpoint.ts";
import { alarmed } from "./hosting/deployment-fault.ts";
import type { DeployedVariant } from "./serving/deployed-variant.ts";

/** How often alarms are looked at. */
const LOOK_MS = 1_000;

/**
 * Gives a new fleet its shares of the traffic, step by step.
 * @throws DeploymentFault when an alarm goes off meanwhile; the old fleet has all the traffic again and
 *   the new one is stopped then
 */
export async function shiftTraffic(
  endpoint: Endpoint,
  fleet: readonly DeployedVariant[],
  options: {
    readonly deployment: Deployment;
    readonly endpointName: string;
    readonly clock: Clock;
    readonly signal: AbortSignal;
    readonly isAlarmed: (alarm: string) => boolean;
  },
): Promise<void> {
  const { deployment, clock, signal, isAlarmed } = options;
  const { shares, bakingMs, alarms } = deployment;
  const look = () => {
    const raised = alarms.filter(isAlarmed);
    if (raised.length > 0) throw alarmed(raised);
  };
  try {
    look();
    for (const share of shares) {
      endpoint.share(fleet, share);
      // UNCONFIRMED: that the last share is watched as long as those before it.
      for (let leftMs = bakingMs; leftMs > 0; leftMs -= LOOK_MS) {
        await clock.sleep(Math.min(leftMs, LOOK_MS), signal);
        look();
      }
    }
  } catch (fault) {
    endpoint.share([], 0);
    await retire(fleet, options);
    throw fault;
  }
}

/** Stops a fleet, once what it was asked has been answered. */
export async function retire(
  fleet: readonly DeployedVariant[],
  options: {
    readonly endpointName: string;
    readonly clock: Clock;
    readonly signal: AbortSignal;
    /** How long it is kept, unless the tank stops meanwhile; not at all when absent. */
    readonly afterMs?: number;
  },
): Promise<void> {
  const { endpointName, clock, signal, afterMs = 0 } = options;
  if (afterMs > 0) await clock.sleep(afterMs, signal).catch(() => {});
  await drain(fleet, signal);
  await stopAll(fleet, endpointName);
}

/** Lets requests that wait at instances be answered, unless the tank stops meanwhile. */
export async function drain(fleet: readonly DeployedVariant[], signal: AbortSignal): Promise<void> {
  await Promise.all(fleet.map((variant) => variant.drain(signal)));
}
