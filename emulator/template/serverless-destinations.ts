import { getAtt } from "./call-nodes.ts";
import { type Dict, dict, member, type Node } from "./node.ts";
import type { Report } from "./problem.ts";
import type { Declaration } from "./resource-type.ts";

// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventinvokedestinationconfiguration.html

/** EventInvokeConfig's destinations as CloudFormation spells them, and the queues that SAM adds for them. */
export function destinationsOf(
  declared: Declaration,
  { config, report }: { config: Dict; report: Report },
): { destinations: Node | undefined; queues: readonly Declaration[] } {
  const given = member(config, "DestinationConfig");
  if (given?.kind !== "map") return { destinations: given, queues: [] };
  const queues: Declaration[] = [];
  const members = [...given.entries].map(([name, { value }]) => {
    const { destination, queue } = destinationOf(declared, { name, value, report });
    if (queue) queues.push(queue);
    return [name, destination];
  });
  return { destinations: dict(Object.fromEntries(members), given.at), queues };
}

/** What a template says of one destination; a queue or topic without an ARN is to be made. */
function destinationOf(
  declared: Declaration,
  { name, value, report }: { name: string; value: Node; report: Report },
): { destination: Node; queue?: Declaration } {
  if (value.kind !== "map") return { destination: value };
  const { at } = value;
  const isQueue = typeOf(value, { declared, name, report }) === "SQS";
  const entries = new Map(value.entries);
  entries.delete("Type");
  if (!isQueue || entries.has("Destination")) return { destination: { ...value, entries } };
  const logicalId = `${declared.logicalId}EventInvokeConfig${name}Queue`;
  const queue: Declaration = {
    ...declared,
    logicalId,
    type: "AWS::SQS::Queue",
    metadata: undefined,
    dependsOn: [],
    properties: dict({}, at),
  };
  entries.set("Destination", { at, value: getAtt(logicalId, { attribute: "Arn", at }) });
  return { destination: { ...value, entries }, queue };
}

/** `DeadLetterQueue: {Type, TargetArn}` as CloudFormation spells it. */
export function deadLetterConfig(declared: Declaration, report: Report): Node | undefined {
  const name = "DeadLetterQueue";
  const given = member(declared.properties, name);
  if (given?.kind !== "map") return given;
  typeOf(given, { declared, name, report });
  return dict({ TargetArn: member(given, "TargetArn") }, given.at);
}

const EMULATED = ["SQS", "Lambda", "S3Bucket"];

function typeOf(
  value: Dict,
  { declared, name, report }: { declared: Declaration; name: string; report: Report },
): string | undefined {
  const type = member(value, "Type");
  if (type?.kind !== "scalar") return undefined;
  if (!EMULATED.includes(type.text)) {
    const text = `${name} of Type ${type.text} is not emulated.`;
    report.fault({ at: type.at, logicalId: declared.owner, text, hint: "Use a queue: Type: SQS." });
  }
  return type.text;
}
