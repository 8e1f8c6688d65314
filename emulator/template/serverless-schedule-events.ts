import { getAtt, ref } from "./call-nodes.ts";
import {
  type EventKind,
  eventProperties,
  type FunctionEvent,
  ofEvent,
} from "./event-properties.ts";
import { dict, list, member, type Node, scalar } from "./node.ts";
import type { Declaration } from "./resource-type.ts";

// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-schedule.html
const RULE: EventKind = {
  properties: ["Schedule", "Name", "Description", "Enabled", "State", "Input"],
  notEmulated: ["DeadLetterConfig", "RetryPolicy"],
  required: ["Schedule"],
  examples: { Schedule: "Schedule: rate(5 minutes)" },
};

// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-schedulev2.html
const OWN = ["Input", "RoleArn", "PermissionsBoundary", "OmitName"];
const PASSED_ON = [
  "Description",
  "EndDate",
  "FlexibleTimeWindow",
  "GroupName",
  "KmsKeyArn",
  "Name",
  "ScheduleExpression",
  "ScheduleExpressionTimezone",
  "StartDate",
  "State",
];
const SCHEDULE: EventKind = {
  properties: [...PASSED_ON, ...OWN],
  notEmulated: ["DeadLetterConfig", "RetryPolicy"],
  required: ["ScheduleExpression"],
  examples: { ScheduleExpression: "ScheduleExpression: rate(5 minutes)" },
};

/** An event of type Schedule: a rule of EventBridge, and the permission to call the function. */
export function ruleEvent(node: Node, event: FunctionEvent): Declaration[] {
  const { at, arn, target, declared, name } = event;
  const source = eventProperties(node, { type: "Schedule", kind: RULE, event });
  const enabled = member(source, "Enabled");
  const isOff = enabled?.kind === "scalar" && enabled.text.toLowerCase() === "false";
  const id = `${declared.logicalId}${name}`;
  const called = dict(
    { Arn: arn, Id: scalar(`${id}LambdaTarget`, at), Input: member(source, "Input") },
    at,
  );
  const rule = dict(
    {
      Name: member(source, "Name"),
      Description: member(source, "Description"),
      ScheduleExpression: member(source, "Schedule"),
      State: member(source, "State") ?? (isOff ? scalar("DISABLED", at) : undefined),
      Targets: list([called], at),
    },
    source.at,
  );
  const permission = dict(
    {
      Action: scalar("lambda:InvokeFunction", at),
      FunctionName: ref(target, at),
      Principal: scalar("events.amazonaws.com", at),
      SourceArn: getAtt(id, { attribute: "Arn", at }),
    },
    at,
  );
  return [
    ofEvent(event, { type: "AWS::Events::Rule", properties: rule }),
    ofEvent(event, {
      suffix: "Permission",
      type: "AWS::Lambda::Permission",
      properties: permission,
    }),
  ];
}

/** An event of type ScheduleV2: a schedule of EventBridge Scheduler, and its role unless it has one. */
export function scheduleEvent(node: Node, event: FunctionEvent): Declaration[] {
  const { at, arn, declared, name } = event;
  const source = eventProperties(node, { type: "ScheduleV2", kind: SCHEDULE, event });
  const role = member(source, "RoleArn");
  const roleId = `${declared.logicalId}${name}Role`;
  const RoleArn = role ?? getAtt(roleId, { attribute: "Arn", at });
  const properties = dict(
    {
      ...Object.fromEntries(PASSED_ON.map((key) => [key, member(source, key)])),
      FlexibleTimeWindow:
        member(source, "FlexibleTimeWindow") ?? dict({ Mode: scalar("OFF", at) }, at),
      Target: dict({ Arn: arn, RoleArn, Input: member(source, "Input") }, at),
    },
    source.at,
  );
  const schedule = ofEvent(event, { type: "AWS::Scheduler::Schedule", properties });
  if (role) return [schedule];
  const trust = dict({ AssumeRolePolicyDocument: dict({}, at) }, at);
  return [ofEvent(event, { suffix: "Role", type: "AWS::IAM::Role", properties: trust }), schedule];
}
