import { AwsError } from "../../core/errors.ts";

// Texts are AWS's where LocalStack's tests recorded them; the others are UNCONFIRMED.
const invalidValue = (message: string) => new AwsError("InvalidParameterValueException", message);
const invalidCombination = (message: string) =>
  new AwsError("InvalidParameterCombinationException", message);
const missing = (message: string) => new AwsError("MissingRequiredParameterException", message);
const invalid = (message: string) => new AwsError("ValidationException", message);

export const startNotBeforeEnd = () =>
  invalidValue("The parameter StartTime must be less than the parameter EndTime.");

export const tooManyDatapoints = (asked: number, limit: number) =>
  invalidCombination(
    `You have requested up to ${asked} datapoints, which exceeds the limit of ${limit}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
  );

export const statisticMissing = () =>
  missing("At least one of the parameters Statistics and ExtendedStatistics must be specified.");

export const invalidPeriod = () =>
  invalidValue("The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.");

export const invalidStatistic = (name: string) =>
  invalidValue(`The value ${name} for parameter Stat is not emulated by Wavetank, or none at all.`);

export const namespaceStartsWithColon = () =>
  invalidValue("The parameter Namespace must not start with ':'.");

export const nothingPublished = () =>
  missing("The parameter MetricData or EntityMetricData must be specified.");

export const exclusive = (index: number, one: string, other: string) =>
  invalidCombination(
    `The parameters MetricData.member.${index}.${one} and MetricData.member.${index}.${other} are mutually exclusive and you have specified both.`,
  );

export const differentSizes = (index: number) =>
  invalidValue(
    `The parameters MetricData.member.${index}.Values and MetricData.member.${index}.Counts must be of the same size.`,
  );

export const valueMissing = (index: number) =>
  missing(
    `The parameter MetricData.member.${index}.Value, MetricData.member.${index}.Values or MetricData.member.${index}.StatisticValues is required.`,
  );

export const invalidNumber = (place: string, value: number) =>
  invalidValue(`The value ${value} for parameter ${place} is invalid.`);

export const timestampOutOfRange = (index: number) =>
  invalidValue(
    `The parameter MetricData.member.${index}.Timestamp must specify a time no more than two weeks in the past and two hours in the future.`,
  );

export const duplicateId = (id: string) =>
  invalid(`The values for parameter id in the list of queries must be unique: ${id}.`);

export const queryNeedsOneSource = (id: string) =>
  invalid(`Query ${id} must have either a MetricStat or an Expression.`);

export const invalidExpression = (expression: string, why: string) =>
  invalid(`Error in expression '${expression}': ${why}`);

export const noQueryReturns = () =>
  invalid("Exactly one element of the metrics list should return data.");

export const alarmMetricUnclear = () =>
  invalidCombination("Either MetricName with Namespace, or Metrics, must be specified.");

export const alarmMemberMissing = (name: string) => missing(`The parameter ${name} is required.`);

export const datapointsExceedPeriods = () =>
  invalid("DatapointsToAlarm must be less than or equal to EvaluationPeriods.");

export const alarmTooLong = () =>
  invalid(
    "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400), or a week when the period is an hour or longer.",
  );

export const alarmNotFound = () =>
  new AwsError("ResourceNotFound", "Alarm does not exist", { status: 404 });

export const invalidNextToken = () => new AwsError("InvalidNextToken", "The NextToken is invalid.");

export const notEmulated = (name: string) =>
  invalidValue(`${name} is not emulated by Wavetank yet.`);
