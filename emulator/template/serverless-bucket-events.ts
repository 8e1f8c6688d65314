import { ref } from "./call-nodes.ts";
import {
  type EventKind,
  eventProperties,
  type FunctionEvent,
  ofEvent,
} from "./event-properties.ts";
import { dict, list, member, type Node, scalar } from "./node.ts";
import type { Report } from "./problem.ts";
import type { Declaration } from "./resource-type.ts";

// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-s3.html

const KIND: EventKind = {
  properties: ["Bucket", "Events", "Filter"],
  notEmulated: [],
  required: ["Bucket", "Events"],
  examples: { Bucket: "Bucket: !Ref YourBucket", Events: "Events: s3:ObjectCreated:*" },
};

/** A function's event as a declaration that its bucket takes up. */
const EVENT_TYPE = "AWS::Serverless::Function S3";
const BUCKET_TYPE = "AWS::S3::Bucket";

/** Reads an event of type S3: the permission that the bucket needs first, and what the bucket is to tell of. */
export function bucketEvent(node: Node, event: FunctionEvent): Declaration[] {
  const { at, arn, target } = event;
  const source = eventProperties(node, { type: "S3", kind: KIND, event });
  const permission = ofEvent(event, {
    suffix: "Permission",
    type: "AWS::Lambda::Permission",
    // No SourceArn: the bucket comes after its permission.
    properties: dict(
      {
        Action: scalar("lambda:InvokeFunction", at),
        FunctionName: ref(target, at),
        Principal: scalar("s3.amazonaws.com", at),
      },
      at,
    ),
  });
  const given = member(source, "Events");
  const events = given?.kind === "list" ? given.items : given ? [given] : [];
  const rules = events.map((one) =>
    dict({ Event: one, Function: arn, Filter: member(source, "Filter") }, one.at),
  );
  const properties = dict({ Bucket: member(source, "Bucket"), Rules: list(rules, at) }, source.at);
  return [permission, ofEvent(event, { type: EVENT_TYPE, properties })];
}

/** Hands functions' events of type S3 to the buckets that they name. */
export function assembleBuckets(
  declarations: readonly Declaration[],
  report: Report,
): Declaration[] {
  const events = declarations.filter(({ type }) => type === EVENT_TYPE);
  const isBucket = (name: string | undefined) =>
    declarations.some(({ logicalId, type }) => logicalId === name && type === BUCKET_TYPE);
  for (const event of events) {
    if (!member(event.properties, "Bucket") || isBucket(bucketOf(event))) continue;
    const text = "Bucket names no AWS::S3::Bucket of this template.";
    const hint = "Write Bucket: !Ref and the name of one.";
    report.fault({ at: event.properties.at, logicalId: event.owner, text, hint });
  }
  return declarations.flatMap((one) => {
    if (one.type === EVENT_TYPE) return [];
    const own = one.type === BUCKET_TYPE ? events.filter((e) => bucketOf(e) === one.logicalId) : [];
    return [own.length > 0 ? withRules(one, own) : one];
  });
}

function withRules(bucket: Declaration, events: readonly Declaration[]): Declaration {
  const { properties, at, dependsOn } = bucket;
  const configuration = member(properties, "NotificationConfiguration");
  const own = member(configuration, "LambdaConfigurations");
  const rules = [...(own?.kind === "list" ? own.items : []), ...events.flatMap(rulesOf)];
  const known = configuration?.kind === "map" ? [...configuration.entries] : [];
  const value = {
    ...dict({}, at),
    entries: new Map([...known, ["LambdaConfigurations", { at, value: list(rules, at) }]]),
  };
  const entries = new Map(properties.entries);
  entries.set("NotificationConfiguration", { at, value });
  const permissions = events.map((event) => scalar(`${event.logicalId}Permission`, event.at));
  return {
    ...bucket,
    properties: { ...properties, entries },
    dependsOn: [...dependsOn, ...permissions],
  };
}

function rulesOf({ properties }: Declaration): readonly Node[] {
  const rules = member(properties, "Rules");
  return rules?.kind === "list" ? rules.items : [];
}

/** The logical id of the bucket that an event names. */
function bucketOf({ properties }: Declaration): string | undefined {
  const node = member(properties, "Bucket");
  const [target] = node?.kind === "call" && node.name === "Ref" ? node.operands : [];
  return target?.kind === "scalar" ? target.text : undefined;
}
