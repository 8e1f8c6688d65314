import type { Clock } from "./clock.ts";
import type { Events } from "./events.ts";
import type { LogSink } from "./logs.ts";
import type { MetricSink } from "./metrics.ts";

/** What the composition root hands to every service. */
export interface TankContext {
  readonly clock: Clock;
  readonly events: Events;
  /** Whether AWS's throughput quotas are enforced; `false` for load runs (`--limits off`). */
  readonly enforceLimits: boolean;
  /** Takes AWS's own metrics of the services; absent where nobody keeps them. */
  readonly metrics?: MetricSink;
  /** Takes the logs of functions; absent where nobody keeps them. */
  readonly logs?: LogSink;
}
