import type { AlarmState, Condition, Datapoint } from "./evaluation.ts";

/** An alarm as it was asked for, in AWS's words; what the tank computes with is beside it. */
export interface AlarmSettings<Asked = unknown> {
  readonly name: string;
  readonly arn: string;
  readonly asked: Asked;
  readonly condition: Condition;
  readonly periodSeconds: number;
}

export interface HistoryItem {
  readonly at: number;
  readonly type: "ConfigurationUpdate" | "StateUpdate" | "Action";
  readonly summary: string;
  readonly data: object;
}

export interface AlarmCondition {
  readonly value: AlarmState;
  readonly reason: string;
  /** JSON. */
  readonly reasonData: string | undefined;
  readonly updatedAt: number;
  /** When its value last changed. */
  readonly changedAt: number;
}

export function initialState(now: number): AlarmCondition {
  return {
    value: "INSUFFICIENT_DATA",
    reason: "Unchecked: Initial alarm creation",
    reasonData: undefined,
    updatedAt: now,
    changedAt: now,
  };
}

/** How history tells a change of state. */
export function stateUpdate(from: AlarmCondition, to: AlarmCondition): HistoryItem {
  return {
    at: to.updatedAt,
    type: "StateUpdate",
    summary: `Alarm updated from ${from.value} to ${to.value}`,
    data: { version: "1.0", oldState: told(from), newState: told(to) },
  };
}

function told({ value, reason, reasonData }: AlarmCondition): object {
  return {
    stateValue: value,
    stateReason: reason,
    ...(reasonData !== undefined && { stateReasonData: jsonOrText(reasonData) }),
  };
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What lies behind a state, for programs. */
export function reasonDataOf(
  { asked, condition, periodSeconds }: AlarmSettings<{ readonly Statistic?: string | undefined }>,
  found: readonly Datapoint[],
  now: number,
): string {
  const recent = found.slice(-condition.evaluationPeriods);
  const time = (at: number) => new Date(at).toISOString().replace("Z", "+0000");
  const [first] = recent;
  return JSON.stringify({
    version: "1.0",
    queryDate: time(now),
    ...(first && { startDate: time(first.at) }),
    ...(asked.Statistic && { statistic: asked.Statistic }),
    period: periodSeconds,
    recentDatapoints: recent.map(({ value }) => value),
    threshold: condition.threshold,
    evaluatedDatapoints: recent.map(({ at, value }) => ({ timestamp: time(at), value })).reverse(),
  });
}

/** The last of the datapoints that somebody gives as a state's reason. */
export function newestOf(reasonData: string | undefined): number | undefined {
  const told = jsonOrText(reasonData ?? "") as { recentDatapoints?: unknown } | null;
  const recent = Array.isArray(told?.recentDatapoints) ? told.recentDatapoints : [];
  const newest: unknown = recent.at(-1);
  return typeof newest === "number" ? newest : undefined;
}
