import { ManualClock } from "../../../../emulator/core/clock.ts";
import { Events } from "../../../../emulator/core/events.ts";
import { EventSourceMappings } from "../../../../emulator/services/lambda/event-source-mapping/event-source-mappings.ts";
import type { FunctionInvoker } from "../../../../emulator/services/lambda/event-source-mapping/record-source.ts";
import type { MappingSettings } from "../../../../emulator/services/lambda/event-source-mapping/settings.ts";
import { FUNCTION_ARN, MemorySource, STREAM_ARN } from "./memory-source.ts";

export const scope = { accountId: "000000000000", region: "us-east-1" };

export const settings: MappingSettings = {
  eventSourceArn: STREAM_ARN,
  functionArn: FUNCTION_ARN,
  startingPosition: "TRIM_HORIZON",
  startingTimestamp: undefined,
  batchSize: 100,
  batchingWindowMs: 0,
  maximumRetryAttempts: -1,
  maximumRecordAgeSeconds: -1,
  bisectOnError: false,
  reportsItemFailures: false,
  parallelizationFactor: 1,
  tumblingWindowMs: 0,
  filterPatterns: [],
  failureDestinationArn: undefined,
};

/** A mapping over a stream in memory, with time that the test moves. */
export async function startMapping(
  invoker: FunctionInvoker,
  changes: Partial<MappingSettings> = {},
  source = new MemorySource().addShard("shard-0"),
) {
  const clock = new ManualClock(0);
  const written = new Map<string, unknown>();
  const sent: { arn: string; document: unknown }[] = [];
  const events = new Events();
  const warnings: string[] = [];
  events.on((event) => {
    if (event.type === "warning") warnings.push(event.message);
  });
  const mappings = new EventSourceMappings(
    { clock, events, enforceLimits: true },
    {
      invoker,
      recordSource: () => source,
      roleOf: () => "arn:aws:iam::000000000000:role/predict",
      destinations: {
        write: async (bucket, key, document) => {
          written.set(`${bucket}/${key}`, JSON.parse(document));
        },
        send: async (arn, document) => {
          sent.push({ arn, document: JSON.parse(document) });
        },
      },
    },
  );
  const mapping = await mappings.create(scope, {
    settings: { ...settings, ...changes },
    isEnabled: true,
  });
  return {
    mappings,
    mapping,
    source,
    clock,
    written,
    sent,
    warnings,
    /** Asks for other settings while it runs. */
    change: (other: Partial<MappingSettings>) =>
      mappings.update(mapping, {
        settings: { ...mapping.intent.settings, ...other },
        isEnabled: mapping.intent.isEnabled,
      }),
    turn: (to: "on" | "off") =>
      mappings.update(mapping, { settings: mapping.settings, isEnabled: to === "on" }),
    [Symbol.asyncDispose]: () => mappings.stop(),
  };
}
