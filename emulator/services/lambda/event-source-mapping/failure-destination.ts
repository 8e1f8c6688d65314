import { randomUUID } from "node:crypto";
import { parseArn } from "../../../core/arn.ts";
import { messageOf } from "../../../core/errors.ts";
import type { Destinations } from "../destinations.ts";
import { failureKey, failureRecord, type GivenUp } from "./failure-record.ts";
import { type EventSource, kinesisEvent } from "./kinesis-event.ts";
import type { MappingSettings } from "./settings.ts";

export interface FailureTelling {
  readonly settings: Pick<MappingSettings, "functionArn" | "failureDestinationArn">;
  readonly mappingId: string;
  readonly source: EventSource;
  /** Epoch ms. */
  readonly at: number;
  readonly destinations: Destinations;
  warn(message: string): void;
}

/**
 * Tells the on-failure destination of a batch, if there is one; a destination that fails does not hold the
 * shard. A queue is told where the records were, a bucket keeps them besides.
 * https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
 */
export async function tellFailure(given: GivenUp, telling: FailureTelling): Promise<void> {
  const { settings, mappingId, source, at, destinations, warn } = telling;
  const { functionArn, failureDestinationArn: destination } = settings;
  const first = given.records[0]?.sequenceNumber;
  warn(`gave up ${given.records.length} records from ${first} on: ${given.condition}`);
  if (destination === undefined) return;
  const { streamArn, shardId } = source;
  const record = failureRecord(given, { functionArn, streamArn, shardId, at });
  const { service, resource } = parseArn(destination) ?? {};
  try {
    if (service === "s3") {
      const payload: unknown = JSON.parse(kinesisEvent(given.records, source));
      const key = failureKey({ mappingId, shardId, at, id: randomUUID() });
      await destinations.write(String(resource), key, JSON.stringify({ ...record, payload }));
    } else {
      await destinations.send(destination, JSON.stringify(record));
    }
  } catch (error) {
    warn(`the on-failure destination ${resource} took nothing: ${messageOf(error)}`);
  }
}
