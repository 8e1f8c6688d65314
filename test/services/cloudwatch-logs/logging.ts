import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { startTank } from "../../support/tank.ts";

/** When every test's clock begins. */
export const T0 = Date.UTC(2026, 0, 1);

/** A tank with a group "app" and a stream "one". */
export async function logsTank() {
  const tank = await startTank({ clock: new ManualClock(T0) });
  const logs = tank.client(CloudWatchLogsClient);
  const logGroupName = "app";
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  const createStream = (logStreamName: string) =>
    logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  await createStream("one");
  /** Writes messages, one each millisecond unless timed. */
  const put = (logStreamName: string, ...messages: (string | [ms: number, message: string])[]) =>
    logs.send(
      new PutLogEventsCommand({
        logGroupName,
        logStreamName,
        logEvents: messages.map((given, index) => {
          const [ms, message] = typeof given === "string" ? [index, given] : given;
          return { timestamp: T0 + ms, message };
        }),
      }),
    );
  return {
    tank,
    logs,
    clock: tank.manualClock,
    createStream,
    put,
    [Symbol.asyncDispose]: () => tank.stop(),
  };
}
