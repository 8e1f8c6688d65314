import {
  DescribeAlarms$,
  type DescribeAlarmsInput,
  type DescribeAlarmsOutput,
} from "@aws-sdk/client-cloudwatch";
import { decodeToken, encodeToken, paginate } from "../../../core/paginate.ts";
import { operation } from "../../../core/service.ts";
import { described } from "../describing.ts";
import type { CloudWatchEngine } from "../engine.ts";
import { invalidNextToken, notEmulated } from "../errors.ts";
import { ALARMS_PAGE, alarmName, alarmNames, alarmsPage, stateValue } from "../limits.ts";

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
export const DescribeAlarms = operation<
  CloudWatchEngine,
  DescribeAlarmsInput,
  DescribeAlarmsOutput
>({
  schema: DescribeAlarms$,
  limits: {
    AlarmNames: alarmNames,
    AlarmNamePrefix: alarmName,
    StateValue: stateValue,
    MaxRecords: alarmsPage,
  },
  handle({ alarms }, input, call) {
    if (input.ChildrenOfAlarmName) throw notEmulated("ChildrenOfAlarmName");
    if (input.ParentsOfAlarmName) throw notEmulated("ParentsOfAlarmName");
    const { AlarmNames, AlarmNamePrefix = "", ActionPrefix, StateValue, NextToken } = input;
    const after = NextToken === undefined ? undefined : decodeToken(NextToken);
    if (NextToken !== undefined && typeof after !== "string") throw invalidNextToken();
    // There are metric alarms only: asked for other kinds, there are none.
    const isAsked = !input.AlarmTypes || input.AlarmTypes.includes("MetricAlarm");
    const listed = alarms.list(call).filter(({ name, state, asked }) => {
      const { AlarmActions = [], OKActions = [], InsufficientDataActions = [] } = asked;
      const actions = [...AlarmActions, ...OKActions, ...InsufficientDataActions];
      return (
        isAsked &&
        (!AlarmNames || AlarmNames.includes(name)) &&
        name.startsWith(AlarmNamePrefix) &&
        (StateValue === undefined || state.value === StateValue) &&
        (ActionPrefix === undefined || actions.some((action) => action.startsWith(ActionPrefix)))
      );
    });
    const page = paginate(listed, {
      limit: input.MaxRecords ?? ALARMS_PAGE,
      ...(typeof after === "string" && { after: ({ name }) => name > after }),
    });
    return {
      MetricAlarms: page.items.map(described),
      CompositeAlarms: [],
      ...(page.next && { NextToken: encodeToken(page.next.name) }),
    };
  },
  summarize: (_input, { MetricAlarms }) => `${MetricAlarms?.length} alarms`,
});
