import type {
  CreateEventSourceMappingRequest,
  EventSourceMappingConfiguration,
  FilterCriteria,
  UpdateEventSourceMappingRequest,
} from "@aws-sdk/client-lambda";
import { arn, parseArn } from "../../../core/arn.ts";
import type { Call, Checked } from "../../../core/service.ts";
import { functionArn, parseFunctionReference } from "../model/function-reference.ts";
import {
  destinationNotEmulated,
  functionMissing,
  mappingParameterNotEmulated,
  recordAgeInvalid,
  sourceNotEmulated,
  sourceUnrecognized,
  startingPositionMissing,
  timestampInFuture,
  timestampMissing,
  timestampNotAllowed,
} from "./errors.ts";
import { recordFilter } from "./filters/record-filter.ts";
import { DEFAULT_BATCH_SIZE, MIN_RECORD_AGE_SECONDS } from "./limits.ts";
import type { Mapping } from "./mapping.ts";
import type { MappingSettings } from "./settings.ts";

type Create = Checked<CreateEventSourceMappingRequest>;
type Update = Checked<UpdateEventSourceMappingRequest>;

/** What a create request asks for, with AWS's defaults and rules. */
export function settingsOf(input: Create, call: Call): MappingSettings {
  refuseUnemulated(input);
  return {
    eventSourceArn: streamArnOf(input.EventSourceArn),
    functionArn: functionArnOf(input.FunctionName, call),
    ...positionOf(input, call.clock.now()),
    ...tunables(input, {
      batchSize: DEFAULT_BATCH_SIZE,
      batchingWindowMs: 0,
      maximumRetryAttempts: -1,
      maximumRecordAgeSeconds: -1,
      bisectOnError: false,
      reportsItemFailures: false,
      parallelizationFactor: 1,
      tumblingWindowMs: 0,
      filterPatterns: [],
      failureDestinationArn: undefined,
    }),
  };
}

/** What an update leaves of the settings; members that it does not name stay. */
export function updatedSettings(
  input: Update,
  { mapping, call }: { mapping: Mapping; call: Call },
): MappingSettings {
  refuseUnemulated(input);
  // What an earlier update has asked for stays asked for.
  const { settings } = mapping.intent;
  return {
    ...settings,
    ...(input.FunctionName !== undefined && {
      functionArn: functionArnOf(input.FunctionName, call),
    }),
    ...tunables(input, settings),
  };
}

type Tunables = Omit<
  MappingSettings,
  "eventSourceArn" | "functionArn" | "startingPosition" | "startingTimestamp"
>;

function tunables(input: Create | Update, now: Tunables): Tunables {
  const age = input.MaximumRecordAgeInSeconds ?? now.maximumRecordAgeSeconds;
  if (age !== -1 && age < MIN_RECORD_AGE_SECONDS) throw recordAgeInvalid();
  const types = input.FunctionResponseTypes;
  return {
    batchSize: input.BatchSize ?? now.batchSize,
    batchingWindowMs:
      input.MaximumBatchingWindowInSeconds === undefined
        ? now.batchingWindowMs
        : input.MaximumBatchingWindowInSeconds * 1000,
    maximumRetryAttempts: input.MaximumRetryAttempts ?? now.maximumRetryAttempts,
    maximumRecordAgeSeconds: age,
    bisectOnError: input.BisectBatchOnFunctionError ?? now.bisectOnError,
    reportsItemFailures: types ? types.length > 0 : now.reportsItemFailures,
    parallelizationFactor: input.ParallelizationFactor ?? now.parallelizationFactor,
    tumblingWindowMs:
      input.TumblingWindowInSeconds === undefined
        ? now.tumblingWindowMs
        : input.TumblingWindowInSeconds * 1000,
    filterPatterns: input.FilterCriteria
      ? filterPatternsOf(input.FilterCriteria)
      : now.filterPatterns,
    failureDestinationArn: input.DestinationConfig
      ? destinationOf(input.DestinationConfig.OnFailure?.Destination)
      : now.failureDestinationArn,
  };
}

function positionOf(
  { StartingPosition, StartingPositionTimestamp }: Create,
  now: number,
): Pick<MappingSettings, "startingPosition" | "startingTimestamp"> {
  if (StartingPosition === undefined) throw startingPositionMissing();
  const startingPosition = StartingPosition as MappingSettings["startingPosition"];
  const startingTimestamp = StartingPositionTimestamp?.getTime();
  if (startingPosition === "AT_TIMESTAMP") {
    if (startingTimestamp === undefined) throw timestampMissing();
    if (startingTimestamp > now) throw timestampInFuture();
  } else if (startingTimestamp !== undefined) throw timestampNotAllowed();
  return { startingPosition, startingTimestamp };
}

function streamArnOf(eventSourceArn: string | undefined): string {
  const source = eventSourceArn === undefined ? undefined : parseArn(eventSourceArn);
  if (!source || eventSourceArn === undefined) throw sourceUnrecognized();
  if (source.service !== "kinesis") throw sourceNotEmulated(source.service);
  if (source.resource.includes("/consumer/")) {
    throw mappingParameterNotEmulated("An enhanced fan-out consumer as event source");
  }
  return eventSourceArn;
}

function functionArnOf(name: string, call: Call): string {
  const reference = parseFunctionReference(name);
  if (!reference) throw functionMissing();
  const { accountId = call.accountId, region = call.region } = reference;
  return functionArn({ accountId, region }, reference.name, reference.qualifier);
}

function destinationOf(destination: string | undefined): string | undefined {
  if (destination === undefined) return undefined;
  const { service = "", resource = "" } = parseArn(destination) ?? {};
  const isEmulated = service === "s3" || (service === "sqs" && !resource.endsWith(".fifo"));
  if (!isEmulated) throw destinationNotEmulated(destination);
  return destination;
}

/** Checked here, so that what is no pattern is refused and not kept. */
function filterPatternsOf({ Filters = [] }: FilterCriteria): string[] {
  const patterns = Filters.map(({ Pattern = "" }) => Pattern);
  recordFilter(patterns);
  return patterns;
}

/** Members that would change what a mapping does, and that no code here acts on. */
const UNEMULATED = [
  "SelfManagedEventSource",
  "SourceAccessConfigurations",
  "Topics",
  "Queues",
  "ScalingConfig",
  "ProvisionedPollerConfig",
  "AmazonManagedKafkaEventSourceConfig",
  "SelfManagedKafkaEventSourceConfig",
  "DocumentDBEventSourceConfig",
  "MetricsConfig",
  "LoggingConfig",
  "KMSKeyArn",
] as const;

function refuseUnemulated(input: Create | Update): void {
  const given = input as Record<string, unknown>;
  for (const name of UNEMULATED) {
    if (given[name] !== undefined) throw mappingParameterNotEmulated(name);
  }
  if (input.DestinationConfig?.OnSuccess)
    throw mappingParameterNotEmulated("DestinationConfig.OnSuccess");
}

/** A mapping in the shape of AWS's answers: all keys, also of what is off. */
export function describeMapping(mapping: Mapping, call: Call): EventSourceMappingConfiguration {
  const { settings } = mapping;
  return {
    UUID: mapping.id,
    EventSourceMappingArn: arn("lambda", call, `event-source-mapping:${mapping.id}`),
    EventSourceArn: settings.eventSourceArn,
    FunctionArn: settings.functionArn,
    StartingPosition: settings.startingPosition,
    ...(settings.startingTimestamp !== undefined && {
      StartingPositionTimestamp: new Date(settings.startingTimestamp),
    }),
    BatchSize: settings.batchSize,
    MaximumBatchingWindowInSeconds: settings.batchingWindowMs / 1000,
    ParallelizationFactor: settings.parallelizationFactor,
    BisectBatchOnFunctionError: settings.bisectOnError,
    MaximumRetryAttempts: settings.maximumRetryAttempts,
    MaximumRecordAgeInSeconds: settings.maximumRecordAgeSeconds,
    TumblingWindowInSeconds: settings.tumblingWindowMs / 1000,
    ...(settings.filterPatterns.length > 0 && {
      FilterCriteria: { Filters: settings.filterPatterns.map((Pattern) => ({ Pattern })) },
    }),
    FunctionResponseTypes: settings.reportsItemFailures ? ["ReportBatchItemFailures"] : [],
    DestinationConfig: {
      OnFailure: settings.failureDestinationArn
        ? { Destination: settings.failureDestinationArn }
        : {},
    },
    LastModified: new Date(mapping.lastModifiedAt),
    LastProcessingResult: mapping.lastProcessingResult,
    State: mapping.state,
    StateTransitionReason: "User action",
  };
}
