import { DeleteAlarms$, type DeleteAlarmsInput } from "@aws-sdk/client-cloudwatch";
import { operation } from "../../../core/service.ts";
import type { CloudWatchEngine } from "../engine.ts";
import { alarmNotFound } from "../errors.ts";
import { alarmNames } from "../limits.ts";

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAlarms.html
export const DeleteAlarms = operation<CloudWatchEngine, DeleteAlarmsInput, void>({
  schema: DeleteAlarms$,
  limits: { AlarmNames: alarmNames },
  handle({ alarms }, { AlarmNames }, call) {
    // One that is not there keeps all the others, unless it is the only one asked for.
    const isMissing = AlarmNames.some((name) => !alarms.find(call, name));
    if (isMissing && AlarmNames.length > 1) throw alarmNotFound();
    for (const name of AlarmNames) alarms.delete(call, name);
  },
  summarize: ({ AlarmNames }) => AlarmNames.join(", "),
});
