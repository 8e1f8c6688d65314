import { arn } from "../../core/arn.ts";
import { schedulesOf } from "../api.ts";
import { resourceType } from "../resource-type.ts";
import { structure, text } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html
interface Values {
  readonly Name?: string;
  readonly ScheduleExpression: string;
  readonly State?: string;
  readonly Targets?: readonly { readonly Arn: string; readonly Input?: string }[];
}

/** A rule that calls functions by a schedule; the tank has no event buses. */
export const eventsRule = resourceType<Values>({
  type: "AWS::Events::Rule",
  honoured: {
    Name: text,
    ScheduleExpression: text,
    State: text,
    Targets: {
      is: "list",
      of: () => structure({ Arn: text, Id: text, Input: text }, ["Arn", "Id"]),
    },
  },
  required: ["ScheduleExpression"],
  kept: ["Description", "RoleArn", "Tags"],
  notEmulated: ["EventBusName", "EventPattern"],
  attributes: ["Arn"],

  async create(resource, api) {
    const {
      Name = resource.generatedName(64),
      ScheduleExpression,
      State,
      Targets = [],
    } = resource.values;
    const Arn = arn("events", api.scope, `rule/${Name}`);
    schedulesOf(api).put({
      arn: Arn,
      expression: ScheduleExpression,
      isEnabled: State !== "DISABLED",
      targets: Targets.map((target) => ({ functionArn: target.Arn, input: target.Input })),
    });
    return { physicalId: Name, attributes: { Arn } };
  },

  async delete({ attributes }, api) {
    schedulesOf(api).delete(String(attributes.Arn));
  },
});
