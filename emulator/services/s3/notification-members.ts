import { randomUUID } from "node:crypto";
import type { Event, FilterRule, NotificationConfiguration } from "@aws-sdk/client-s3";
import { parseArn } from "../../core/arn.ts";
import type { Checked } from "../../core/service.ts";
import {
  destinationArnInvalid,
  eventUnsupported,
  filterNameInvalid,
  filterRepeated,
  malformedXml,
  notificationsOverlap,
  parameterNotEmulated,
} from "./errors.ts";
import { type NotificationRule, overlap } from "./model/notification.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
const EMULATED =
  /^s3:(ObjectCreated:(\*|Put|Post|Copy|CompleteMultipartUpload)|ObjectRemoved:(\*|Delete|DeleteMarkerCreated))$/;
const KNOWN =
  /^s3:(Replication|ObjectRestore|LifecycleTransition|LifecycleExpiration|IntelligentTiering|ObjectTagging|ObjectAcl|ObjectAnnotation|ReducedRedundancyLostObject)(:\w+|:\*)?$/;

/** What the configurations of functions and of queues have in common. */
type Destined = Checked<{
  Id?: string | undefined;
  Events: Event[] | undefined;
  Filter?: { Key?: { FilterRules?: FilterRule[] | undefined } | undefined } | undefined;
}>;

/** Reads a configuration as rules. @throws AwsError for what S3 does not accept or the tank does not emulate */
export function rulesOf(configuration: Checked<NotificationConfiguration>): NotificationRule[] {
  const { LambdaFunctionConfigurations = [], QueueConfigurations = [] } = configuration;
  if (configuration.TopicConfigurations?.length) throw parameterNotEmulated("TopicConfiguration");
  if (configuration.EventBridgeConfiguration)
    throw parameterNotEmulated("EventBridgeConfiguration");
  const rules = [
    ...LambdaFunctionConfigurations.map((one) => {
      return ruleOf(one, { type: "function", arn: one.LambdaFunctionArn });
    }),
    ...QueueConfigurations.map((one) => ruleOf(one, { type: "queue", arn: one.QueueArn })),
  ];
  rules.forEach((rule, index) => {
    if (rules.slice(0, index).some((other) => overlap(rule, other))) throw notificationsOverlap();
  });
  return rules;
}

function ruleOf(
  { Id: id = randomUUID(), Events, Filter }: Destined,
  destination: NotificationRule["destination"],
): NotificationRule {
  if (!Events?.length || !destination.arn) throw malformedXml();
  for (const event of Events) {
    if (KNOWN.test(event)) throw parameterNotEmulated(event);
    if (!EMULATED.test(event)) throw eventUnsupported(event);
  }
  const service = { function: "lambda", queue: "sqs" }[destination.type];
  if (parseArn(destination.arn)?.service !== service) throw destinationArnInvalid(destination.arn);
  const found = new Map<string, string>();
  for (const { Name = "", Value = "" } of Filter?.Key?.FilterRules ?? []) {
    const name = Name.toLowerCase();
    if (name !== "prefix" && name !== "suffix") throw filterNameInvalid(Name);
    if (found.has(name)) throw filterRepeated(name);
    found.set(name, Value);
  }
  const { prefix = "", suffix = "" } = Object.fromEntries(found);
  return { id, events: Events, prefix, suffix, destination };
}

/** Rules as GetBucketNotificationConfiguration tells them. */
export function configurationOf(rules: readonly NotificationRule[]): NotificationConfiguration {
  const of = (type: NotificationRule["destination"]["type"]) =>
    rules.filter(({ destination }) => destination.type === type);
  const functions = of("function").map((rule) => ({
    ...commonOf(rule),
    LambdaFunctionArn: rule.destination.arn,
  }));
  const queues = of("queue").map((rule) => ({ ...commonOf(rule), QueueArn: rule.destination.arn }));
  return {
    ...(functions.length > 0 && { LambdaFunctionConfigurations: functions }),
    ...(queues.length > 0 && { QueueConfigurations: queues }),
  };
}

function commonOf({ id: Id, events, prefix, suffix }: NotificationRule) {
  // UNCONFIRMED: that S3 answers these names with a capital, as its console shows them.
  const given = Object.entries({ Prefix: prefix, Suffix: suffix }).filter(
    ([, text]) => text !== "",
  );
  const FilterRules = given.map(([Name, Value]) => ({ Name: Name as FilterRule["Name"], Value }));
  return {
    Id,
    Events: events as Event[],
    ...(FilterRules.length > 0 && { Filter: { Key: { FilterRules } } }),
  };
}
