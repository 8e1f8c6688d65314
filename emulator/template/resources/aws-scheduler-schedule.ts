import { arn } from "../../core/arn.ts";
import { schedulesOf } from "../api.ts";
import { resourceType } from "../resource-type.ts";
import { anything, structure, text } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-scheduler-schedule.html
interface Values {
  readonly Name?: string;
  readonly GroupName?: string;
  readonly ScheduleExpression: string;
  readonly ScheduleExpressionTimezone?: string;
  readonly State?: string;
  readonly StartDate?: Date;
  readonly EndDate?: Date;
  readonly Target: { readonly Arn: string; readonly Input?: string };
}

export const schedulerSchedule = resourceType<Values>({
  type: "AWS::Scheduler::Schedule",
  honoured: {
    Name: text,
    GroupName: text,
    ScheduleExpression: text,
    ScheduleExpressionTimezone: text,
    State: text,
    StartDate: { is: "timestamp" },
    EndDate: { is: "timestamp" },
    // DIFFERS: within a flexible window a function is called at its beginning.
    FlexibleTimeWindow: anything,
    Target: structure({ Arn: text, RoleArn: text, Input: text }, ["Arn", "RoleArn"]),
  },
  required: ["FlexibleTimeWindow", "ScheduleExpression", "Target"],
  kept: ["Description", "KmsKeyArn"],
  notEmulated: [],
  attributes: ["Arn"],

  async create(resource, api) {
    const { values } = resource;
    const { Name = resource.generatedName(64), GroupName = "default", Target } = values;
    const zone = values.ScheduleExpressionTimezone ?? "UTC";
    if (zone !== "UTC" && zone !== "Etc/UTC") {
      throw new Error(`the time zone ${zone} is not emulated; write the expression in UTC`);
    }
    const Arn = arn("scheduler", api.scope, `schedule/${GroupName}/${Name}`);
    schedulesOf(api).put({
      arn: Arn,
      expression: values.ScheduleExpression,
      isEnabled: values.State !== "DISABLED",
      startsAt: values.StartDate?.getTime(),
      endsAt: values.EndDate?.getTime(),
      targets: [{ functionArn: Target.Arn, input: Target.Input }],
    });
    return { physicalId: Name, attributes: { Arn } };
  },

  async delete({ attributes }, api) {
    schedulesOf(api).delete(String(attributes.Arn));
  },
});
