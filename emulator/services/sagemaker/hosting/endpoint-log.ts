import { randomBytes } from "node:crypto";
import type { Clock } from "../../../core/clock.ts";
import type { LogSink } from "../../../core/logs.ts";
import type { Scope } from "../../../core/service.ts";

/** Takes what a container writes, a message at a time. */
export type Write = (message: string) => void;

/**
 * The log of a variant's container.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/logging-cloudwatch.html
 *
 * DIFFERS: one stream for a variant, since one model serves it whatever its instance count.
 */
export function endpointLog(of: {
  readonly logs: LogSink | undefined;
  readonly clock: Clock;
  readonly endpointName: string;
  readonly variantName: string;
  readonly scope: Scope;
}): Write {
  const { logs, clock, endpointName, variantName, scope } = of;
  const group = `/aws/sagemaker/Endpoints/${endpointName}`;
  const stream = `${variantName}/i-${randomBytes(9).toString("hex").slice(1)}`;
  return (message) => logs?.append({ group, stream, at: clock.now(), message, scope });
}
