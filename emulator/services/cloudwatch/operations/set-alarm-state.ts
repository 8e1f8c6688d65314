import { SetAlarmState$, type SetAlarmStateInput } from "@aws-sdk/client-cloudwatch";
import { operation } from "../../../core/service.ts";
import type { CloudWatchEngine } from "../engine.ts";
import { alarmNotFound } from "../errors.ts";
import { alarmName, stateReason, stateReasonData, stateValue } from "../limits.ts";

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
export const SetAlarmState = operation<CloudWatchEngine, SetAlarmStateInput, void>({
  schema: SetAlarmState$,
  limits: {
    AlarmName: alarmName,
    StateValue: stateValue,
    StateReason: stateReason,
    StateReasonData: stateReasonData,
  },
  handle({ alarms }, { AlarmName, StateValue, StateReason, StateReasonData }, call) {
    const alarm = alarms.find(call, AlarmName);
    if (!alarm) throw alarmNotFound();
    alarms.set(alarm, { value: StateValue, reason: StateReason, reasonData: StateReasonData });
  },
  summarize: ({ AlarmName, StateValue }) => `${AlarmName} · ${StateValue}`,
});
