import { ref } from "./call-nodes.ts";
import {
  type EventKind,
  eventProperties,
  type FunctionEvent,
  ofEvent,
} from "./event-properties.ts";
import { suggestion } from "./nearest.ts";
import { type Dict, describe, dict, type Entry, member, type Node } from "./node.ts";
import type { Declaration } from "./resource-type.ts";
import { apiEvent } from "./serverless-api-events.ts";
import { bucketEvent } from "./serverless-bucket-events.ts";
import { ruleEvent, scheduleEvent } from "./serverless-schedule-events.ts";

// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-kinesis.html

/** Spelled alike in SAM's event and in AWS::Lambda::EventSourceMapping. */
const PASSED_ON = [
  "StartingPosition",
  "StartingPositionTimestamp",
  "BatchSize",
  "MaximumBatchingWindowInSeconds",
  "Enabled",
  "BisectBatchOnFunctionError",
  "MaximumRetryAttempts",
  "MaximumRecordAgeInSeconds",
  "ParallelizationFactor",
  "TumblingWindowInSeconds",
  "FunctionResponseTypes",
  "DestinationConfig",
  "FilterCriteria",
];
const KINESIS: EventKind = {
  properties: ["Stream", ...PASSED_ON],
  notEmulated: ["KmsKeyArn", "MetricsConfig"],
  required: ["Stream", "StartingPosition"],
  examples: {
    Stream: "Stream: !GetAtt YourStream.Arn",
    StartingPosition: "StartingPosition: TRIM_HORIZON or LATEST",
  },
};

/** Event types that SAM has and Wavetank has not. */
const NOT_EMULATED = [
  "AlexaSkill",
  "CloudWatchEvent",
  "CloudWatchLogs",
  "Cognito",
  "DocumentDB",
  "DynamoDB",
  "EventBridgeRule",
  "IoTRule",
  "MQ",
  "MSK",
  "SNS",
  "SQS",
  "SelfManagedKafka",
];

const EMULATED = ["Kinesis", "Api", "HttpApi", "S3", "Schedule", "ScheduleV2"] as const;

/**
 * What a function's Events stand for, named as SAM names it: event source mappings, and events that an
 * API takes up.
 */
export function expandEvents(
  declared: Declaration,
  { target, arn, report }: Pick<FunctionEvent, "target" | "arn" | "report">,
): Declaration[] {
  const events = member(declared.properties, "Events");
  if (!events) return [];
  if (events.kind !== "map") {
    const text = `Events must be a map, not ${describe(events)}.`;
    const hint = "Write Events: and below it, indented, a name, its Type and its Properties.";
    report.fault({ at: events.at, logicalId: declared.owner, text, hint });
    return [];
  }
  return [...events.entries].flatMap(([name, { at, value }]) => {
    const event: FunctionEvent = { name, at, target, arn, declared, report };
    const type = typeOf(value, event);
    if (type === undefined) return [];
    switch (type) {
      case "Kinesis":
        return [mapping(value, event)];
      case "S3":
        return bucketEvent(value, event);
      case "Schedule":
        return ruleEvent(value, event);
      case "ScheduleV2":
        return scheduleEvent(value, event);
      default:
        return [apiEvent(value, type, event)];
    }
  });
}

function typeOf(
  node: Node,
  { name, at, declared, report }: FunctionEvent,
): (typeof EMULATED)[number] | undefined {
  const type = member(node, "Type");
  const logicalId = declared.owner;
  if (type?.kind !== "scalar") {
    const hint = "Write Type: Kinesis and Properties: below it.";
    report.fault({ at, logicalId, text: `the event ${name} has no Type.`, hint });
    return undefined;
  }
  const emulated = EMULATED.find((one) => one === type.text);
  if (emulated) return emulated;
  const known = NOT_EMULATED.includes(type.text);
  report.unknown({
    at: type.at,
    logicalId,
    text: known
      ? `events of type ${type.text} are not emulated.`
      : `unknown event type "${type.text}".`,
    hint: known
      ? `Emulated event types: ${EMULATED.join(", ")}.`
      : suggestion(type.text, { among: [...EMULATED, ...NOT_EMULATED], noun: "event types" }),
  });
  return undefined;
}

function mapping(node: Node, event: FunctionEvent): Declaration {
  const { at, target } = event;
  const source = eventProperties(node, { type: "Kinesis", kind: KINESIS, event });
  const properties = dict(
    {
      ...Object.fromEntries(PASSED_ON.map((key) => [key, member(source, key)])),
      DestinationConfig: withoutType(member(source, "DestinationConfig")),
      EventSourceArn: member(source, "Stream"),
      FunctionName: ref(target, at),
    },
    source.at,
  );
  return ofEvent(event, { type: "AWS::Lambda::EventSourceMapping", properties });
}

/** SAM's `OnFailure.Type` only tells it which policy to attach. */
function withoutType(config: Node | undefined): Node | undefined {
  const onFailure = member(config, "OnFailure");
  if (config?.kind !== "map" || onFailure?.kind !== "map") return config;
  const kept = [...onFailure.entries].filter(([key]) => key !== "Type");
  const value: Dict = { ...onFailure, entries: new Map(kept) };
  const entries = new Map<string, Entry>(config.entries);
  entries.set("OnFailure", { at: onFailure.at, value });
  return { ...config, entries };
}
