import type { MetricAlarm } from "@aws-sdk/client-cloudwatch";
import type { Alarm } from "./alarms.ts";

/** An alarm as DescribeAlarms tells it: what was asked for, and its state. */
export function described({ arn, asked, state, configuredAt }: Alarm): MetricAlarm {
  const { ActionsEnabled = true, OKActions = [], AlarmActions = [] } = asked;
  const { InsufficientDataActions = [], Dimensions = [] } = asked;
  return {
    ...asked,
    AlarmArn: arn,
    AlarmConfigurationUpdatedTimestamp: new Date(configuredAt),
    ActionsEnabled,
    OKActions,
    AlarmActions,
    InsufficientDataActions,
    StateValue: state.value,
    StateReason: state.reason,
    ...(state.reasonData !== undefined && { StateReasonData: state.reasonData }),
    StateUpdatedTimestamp: new Date(state.updatedAt),
    StateTransitionedTimestamp: new Date(state.changedAt),
    ...(!asked.Metrics && { Dimensions }),
  };
}
