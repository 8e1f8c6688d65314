export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";
export type MissingData = "breaching" | "notBreaching" | "ignore" | "missing";

export type Comparison =
  | "GreaterThanOrEqualToThreshold"
  | "GreaterThanThreshold"
  | "LessThanThreshold"
  | "LessThanOrEqualToThreshold";

/** What an alarm holds its datapoints against. */
export interface Condition {
  readonly comparison: Comparison;
  readonly threshold: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly missing: MissingData;
}

export interface Datapoint {
  /** Start of its period, epoch ms. */
  readonly at: number;
  readonly value: number;
}

export interface Verdict {
  readonly state: AlarmState;
  readonly reason: string;
}

/** CloudWatch looks further back than the periods it evaluates, for points that are not missing. */
export const EXTRA_PERIODS = 2;

const COMPARISONS: Readonly<
  Record<Comparison, { holds: (value: number, threshold: number) => boolean; words: string }>
> = {
  GreaterThanOrEqualToThreshold: { holds: (a, b) => a >= b, words: "greater than or equal to" },
  GreaterThanThreshold: { holds: (a, b) => a > b, words: "greater than" },
  LessThanThreshold: { holds: (a, b) => a < b, words: "less than" },
  LessThanOrEqualToThreshold: { holds: (a, b) => a <= b, words: "less than or equal to" },
};

/**
 * Judges the datapoints of the periods looked at, missing ones left out; `undefined` leaves the state.
 * `end` is where the last of the periods ends.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html#alarms-and-missing-data
 */
export function evaluate(
  found: readonly Datapoint[],
  condition: Condition,
  { end, periodMs }: { end: number; periodMs: number },
): Verdict | undefined {
  const { evaluationPeriods, datapointsToAlarm, threshold, comparison, missing } = condition;
  const newest = [...found].sort((a, b) => b.at - a.at).slice(0, evaluationPeriods);
  const breaching = newest.filter(({ value }) => COMPARISONS[comparison].holds(value, threshold));
  const fine = newest.filter((point) => !breaching.includes(point));
  const missingCount = evaluationPeriods - newest.length;

  if (newest.length === 0) return ofNothing(condition);
  const isBreachedByMissing =
    missing === "breaching" && breaching.length + missingCount >= datapointsToAlarm;
  // What is there is all bad: the missing rest decides, which "ignore" and "missing" leave open.
  const isAllBad = missingCount > 0 && fine.length === 0 && breaching.length < datapointsToAlarm;
  // Not before its time: the oldest bad one must be as old as if none were missing.
  const oldest = breaching.at(-1)?.at ?? end;
  const isOldEnough = end - oldest >= datapointsToAlarm * periodMs;
  if (isAllBad && missing === "missing" && !isOldEnough) return undefined;
  if (breaching.length >= datapointsToAlarm || (isAllBad && missing === "missing")) {
    return { state: "ALARM", reason: crossed(breaching, condition, "ALARM") };
  }
  if (isBreachedByMissing) {
    const treated = treatedAs(missingCount, "Breaching");
    return { state: "ALARM", reason: `${crossed(breaching, condition, "ALARM")} ${treated}` };
  }
  if (isAllBad && missing === "ignore") return undefined;
  if (fine.length === 0) return { state: "OK", reason: untold(missingCount, "NonBreaching") };
  return { state: "OK", reason: crossed(fine, condition, "OK") };
}

function ofNothing({ missing, evaluationPeriods }: Condition): Verdict | undefined {
  switch (missing) {
    case "ignore":
      return undefined;
    case "breaching":
      return { state: "ALARM", reason: untold(evaluationPeriods, "Breaching") };
    case "notBreaching":
      return { state: "OK", reason: untold(evaluationPeriods, "NonBreaching") };
    case "missing": {
      const unknown = `${plural(evaluationPeriods, "datapoint")} ${were(evaluationPeriods)} unknown.`;
      return { state: "INSUFFICIENT_DATA", reason: `Insufficient Data: ${unknown}` };
    }
  }
}

/** "Threshold Crossed: 1 out of the last 1 datapoints [9.0 (01/01/26 00:00:00)] was greater than …" */
function crossed(
  points: readonly Datapoint[],
  { comparison, threshold, evaluationPeriods, datapointsToAlarm }: Condition,
  to: "ALARM" | "OK",
): string {
  const listed = points.map(({ at, value }) => `${decimal(value)} (${shortTime(at)})`).join(", ");
  const not = to === "OK" ? "not " : "";
  const least = to === "ALARM" ? datapointsToAlarm : evaluationPeriods - datapointsToAlarm + 1;
  const transition = to === "ALARM" ? "OK -> ALARM" : "ALARM -> OK";
  return `Threshold Crossed: ${points.length} out of the last ${evaluationPeriods} datapoints [${listed}] ${were(points.length)} ${not}${COMPARISONS[comparison].words} the threshold (${decimal(threshold)}) (minimum ${plural(least, "datapoint")} for ${transition} transition).`;
}

function untold(count: number, as: string): string {
  return `Threshold Crossed: no datapoints were received for ${plural(count, "period")} and ${treatedAs(count, as)}`;
}

function treatedAs(count: number, as: string): string {
  return `${plural(count, "missing datapoint")} ${were(count)} treated as [${as}].`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function were(count: number): string {
  return count === 1 ? "was" : "were";
}

/** As Java prints a double: "5.0". */
function decimal(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e7 ? `${value}.0` : String(value);
}

/** "31/12/26 23:59:00" */
function shortTime(at: number): string {
  const [date = "", time = ""] = new Date(at).toISOString().split("T");
  const [year = "", month, day] = date.split("-");
  return `${day}/${month}/${year.slice(2)} ${time.slice(0, 8)}`;
}
