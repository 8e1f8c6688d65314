import { suggestion } from "./nearest.ts";
import {
  type Dict,
  describe,
  dict,
  type Entry,
  member,
  type Node,
  type Position,
  scalar,
} from "./node.ts";
import type { Report } from "./problem.ts";
import type { Declaration } from "./resource-type.ts";
import { apiEvent } from "./serverless-api-events.ts";
import type { Published } from "./serverless-publishing.ts";

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
const KINESIS_PROPERTIES = ["Stream", ...PASSED_ON];
const KINESIS_NOT_EMULATED = ["KmsKeyArn", "MetricsConfig"];
const REQUIRED = ["Stream", "StartingPosition"];

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
  "S3",
  "SNS",
  "SQS",
  "Schedule",
  "ScheduleV2",
  "SelfManagedKafka",
];

/** One event of a function. */
interface Event extends Pick<Published, "target" | "arn"> {
  readonly name: string;
  readonly at: Position;
  readonly declared: Declaration;
  readonly report: Report;
}

const EMULATED = ["Kinesis", "Api", "HttpApi"] as const;

/**
 * What a function's Events stand for, named as SAM names it: event source mappings, and events that an
 * API takes up.
 */
export function expandEvents(
  declared: Declaration,
  { target, arn, report }: Pick<Event, "target" | "arn" | "report">,
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
    const event: Event = { name, at, target, arn, declared, report };
    const type = typeOf(value, event);
    if (type === undefined) return [];
    return [type === "Kinesis" ? mapping(value, event) : apiEvent(value, { ...event, type })];
  });
}

function typeOf(
  node: Node,
  { name, at, declared, report }: Event,
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

function mapping(node: Node, event: Event): Declaration {
  const { name, at, target, declared } = event;
  const given = member(node, "Properties");
  const source: Dict = given?.kind === "map" ? given : dict({}, at);
  checkNames(source, event);
  const properties = dict(
    {
      ...Object.fromEntries(PASSED_ON.map((key) => [key, member(source, key)])),
      DestinationConfig: withoutType(member(source, "DestinationConfig")),
      EventSourceArn: member(source, "Stream"),
      FunctionName: { kind: "call", at, name: "Ref", operands: [scalar(target, at)] },
    },
    source.at,
  );
  return {
    ...declared,
    logicalId: `${declared.logicalId}${name}`,
    type: "AWS::Lambda::EventSourceMapping",
    at,
    properties,
    metadata: undefined,
    dependsOn: [],
  };
}

function checkNames(source: Dict, { name, declared, report }: Event): void {
  const logicalId = declared.owner;
  for (const [key, { at }] of source.entries) {
    if (KINESIS_PROPERTIES.includes(key)) continue;
    const known = KINESIS_NOT_EMULATED.includes(key);
    const text = known
      ? `${key} of a Kinesis event is not emulated.`
      : `unknown property "${key}" of the Kinesis event ${name}.`;
    const hint = known
      ? "Remove it."
      : suggestion(key, { among: KINESIS_PROPERTIES, noun: "properties" });
    report.unknown({ at, logicalId, text, hint });
  }
  for (const key of REQUIRED) {
    if (source.entries.has(key)) continue;
    const hint =
      key === "Stream"
        ? "Write Stream: !GetAtt YourStream.Arn."
        : `Write ${key}: TRIM_HORIZON or LATEST.`;
    report.fault({ at: source.at, logicalId, text: `the event ${name} needs ${key}.`, hint });
  }
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
