import { getAtt, ref } from "./call-nodes.ts";
import { type Dict, dict, member, type Node, scalar } from "./node.ts";
import type { Report } from "./problem.ts";
import type { Declaration } from "./resource-type.ts";
import { destinationsOf } from "./serverless-destinations.ts";

// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html

/** What a function is published as, and the resources that this takes. */
export interface Published {
  /** What its events invoke: the alias, if there is one. */
  readonly target: string;
  /** The ARN of that. */
  readonly arn: Node;
  readonly resources: readonly Declaration[];
}

/** The version and the alias of AutoPublishAlias, and what EventInvokeConfig stands for. */
export function expandPublishing(declared: Declaration, report: Report): Published {
  const { logicalId, properties } = declared;
  const alias = member(properties, "AutoPublishAlias");
  const config = member(properties, "EventInvokeConfig");
  const name = alias && nameOf(alias, { declared, report });
  const resources = name === undefined ? [] : published(declared, name);
  const target = resources.at(-1)?.logicalId ?? logicalId;
  const { at } = declared;
  // What an alias's Ref gives is its ARN.
  const arn = target === logicalId ? getAtt(target, { attribute: "Arn", at }) : ref(target, at);
  if (config?.kind !== "map") return { target, arn, resources };
  const { queues, destinations } = destinationsOf(declared, { config, report });
  const qualifier = name ?? "$LATEST";
  const invoking = eventInvokeConfig(declared, { config, qualifier, target, destinations });
  return { target, arn, resources: [...resources, ...queues, invoking] };
}

/** SAM names the alias's resource after it, so it must be known. */
function nameOf(
  alias: Node,
  { declared, report }: { declared: Declaration; report: Report },
): string | undefined {
  if (alias.kind === "scalar") return alias.text;
  const text = "AutoPublishAlias must be a text, or a reference to a parameter.";
  report.fault({ at: alias.at, logicalId: declared.owner, text, hint: "Write a name." });
  return undefined;
}

function published(declared: Declaration, name: string): Declaration[] {
  const { logicalId, at } = declared;
  // DIFFERS: SAM adds a hash of the code; here another version takes this one's place when it changes.
  const versionId = `${logicalId}Version`;
  const FunctionName = ref(logicalId, at);
  const Description = member(declared.properties, "VersionDescription");
  const FunctionVersion = getAtt(versionId, { attribute: "Version", at });
  const version = dict({ FunctionName, Description }, at);
  const alias = dict({ Name: scalar(name, at), FunctionName, FunctionVersion }, at);
  const aliasId = `${logicalId}Alias${name}`;
  const code = member(declared.properties, "InlineCode") ?? member(declared.properties, "CodeUri");
  return [
    {
      ...generated(declared, {
        logicalId: versionId,
        type: "AWS::Lambda::Version",
        properties: version,
      }),
      metadata: dict({ SamCode: code ?? scalar(".", at) }, at),
      deletionPolicy: "Retain",
      updateReplacePolicy: "Retain",
    },
    generated(declared, { logicalId: aliasId, type: "AWS::Lambda::Alias", properties: alias }),
  ];
}

function eventInvokeConfig(
  declared: Declaration,
  {
    config,
    qualifier,
    target,
    destinations,
  }: { config: Dict; qualifier: string; target: string; destinations: Node | undefined },
): Declaration {
  const { logicalId, at } = declared;
  const given = Object.fromEntries([...config.entries].map(([key, { value }]) => [key, value]));
  const properties = dict(
    {
      ...given,
      DestinationConfig: destinations,
      FunctionName: ref(logicalId, at),
      Qualifier: scalar(qualifier, at),
    },
    config.at,
  );
  const resource = generated(declared, {
    logicalId: `${logicalId}EventInvokeConfig`,
    type: "AWS::Lambda::EventInvokeConfig",
    properties,
  });
  return { ...resource, dependsOn: [scalar(target, at)] };
}

function generated(
  declared: Declaration,
  resource: Pick<Declaration, "logicalId" | "type" | "properties">,
): Declaration {
  return { ...declared, ...resource, metadata: undefined, dependsOn: [] };
}
