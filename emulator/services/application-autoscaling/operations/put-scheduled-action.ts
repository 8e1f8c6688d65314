import { randomUUID } from "node:crypto";
import {
  PutScheduledAction$,
  type PutScheduledActionRequest,
  type PutScheduledActionResponse,
} from "@aws-sdk/client-application-auto-scaling";
import { required } from "../../../core/limits.ts";
import { parseSchedule } from "../../../core/schedule.ts";
import { operation } from "../../../core/service.ts";
import type { ApplicationAutoScalingEngine } from "../engine.ts";
import { configurationMissing, invalidSchedule, notEmulated, tooMany } from "../errors.ts";
import {
  MAX_SCHEDULED_ACTIONS,
  scheduledActionName,
  schedule as scheduleText,
  targetName,
} from "../limits.ts";
import { actionArn, variantOf } from "../naming.ts";

// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html
type Input = PutScheduledActionRequest;
type Output = PutScheduledActionResponse;

export const PutScheduledAction = operation<ApplicationAutoScalingEngine, Input, Output>({
  schema: PutScheduledAction$,
  limits: {
    ...targetName,
    ScheduledActionName: required(scheduledActionName),
    Schedule: scheduleText,
  },
  handle(scaling, input, call) {
    variantOf(input);
    const target = scaling.target(call, input.ResourceId);
    const { ScheduledActionName: name, ResourceId: resourceId, Timezone } = input;
    if (Timezone !== undefined && Timezone !== "UTC" && Timezone !== "Etc/UTC") {
      throw notEmulated(`Timezone ${Timezone}`);
    }
    const known = target.actions.get(name);
    const text = input.Schedule ?? known?.text;
    if (text === undefined) throw configurationMissing("Schedule");
    if (!known && target.actions.size >= MAX_SCHEDULED_ACTIONS) {
      throw tooMany("scheduled actions", MAX_SCHEDULED_ACTIONS);
    }
    const createdAt = scaling.now();
    const startsAt = input.StartTime?.getTime() ?? known?.startsAt;
    const bounds = input.ScalableTargetAction;
    const schedule = parseSchedule(text, startsAt ?? createdAt);
    if (!schedule) throw invalidSchedule(text);
    target.actions.set(name, {
      name,
      arn: known?.arn ?? actionArn(target.scope, { id: randomUUID(), resourceId, name }),
      createdAt,
      sequence: known?.sequence ?? scaling.nextSequence(),
      text,
      schedule,
      startsAt,
      endsAt: input.EndTime?.getTime() ?? known?.endsAt,
      min: bounds ? bounds.MinCapacity : known?.min,
      max: bounds ? bounds.MaxCapacity : known?.max,
    });
    return {};
  },
  summarize: ({ ScheduledActionName, ResourceId }) => `${ResourceId} · ${ScheduledActionName}`,
});
