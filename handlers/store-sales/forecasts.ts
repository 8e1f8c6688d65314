import { DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { dateOf, knownDay } from "./calendar.ts";
import { forecast } from "./endpoint.ts";
import { required } from "./environment.ts";
import type { Family } from "./families.ts";
import { plannedPromotions, readPlan } from "./plan.ts";
import { HORIZON_DAYS } from "./series-id.ts";
import type { Store } from "./stores.ts";
import { type DayTotal, newestTotals, seriesKey } from "./totals.ts";

const dynamodb = new DynamoDBClient({});

/** Finished days that a forecast's level is held against. */
const WEEK_DAYS = 7;
/** A forecast is at most doubled or halved. */
const MOST = 2;

export interface SeriesForecast {
  readonly store_nbr: number;
  readonly family: Family;
  /** The newest day with sales; the forecast begins on the next. */
  readonly as_of: string;
  /** What the model's numbers were multiplied by. */
  readonly correction: number;
  readonly days: readonly { readonly date: string; readonly sales: number }[];
}

/** A forecast with the totals, newest first, that it was made of. */
export interface Refreshed {
  readonly forecast: SeriesForecast;
  readonly totals: readonly DayTotal[];
}

/** Forecasts the days after a series' newest, at the level of its last finished days, and keeps that in the table. */
export async function refresh(store: Store, family: Family): Promise<Refreshed> {
  const series = seriesKey(store.store_nbr, family);
  const totals = await newestTotals(series, WEEK_DAYS + 1);
  const [newest, ...earlier] = totals;
  if (!newest) throw new Error(`there are no totals of ${series}`);
  const today = knownDay(newest.date);
  const finished = earlier.filter(({ date }) => knownDay(date) >= today - WEEK_DAYS);
  const ahead = Array.from({ length: HORIZON_DAYS }, (_, index) => today + 1 + index);
  const plan = await readPlan();
  const days = [...finished.map(({ date }) => knownDay(date)), ...ahead];
  const predicted = await forecast(
    family,
    days.map((day) => ({
      store,
      day,
      onpromotion: plannedPromotions(plan, { store, family, day }),
    })),
  );
  const correction = levelCorrection(finished, predicted.slice(0, finished.length));
  const made: SeriesForecast = {
    store_nbr: store.store_nbr,
    family,
    as_of: newest.date,
    correction,
    days: ahead.map((day, index) => ({
      date: dateOf(day),
      sales: rounded((predicted[finished.length + index] ?? 0) * correction),
    })),
  };
  await keep(series, made);
  return { forecast: made, totals };
}

/**
 * Actual over predicted sales of the finished days. A week of days as predicted is added to both, so that one odd day
 * moves little; without a finished day it is 1.
 */
export function levelCorrection(
  finished: readonly Pick<DayTotal, "sales">[],
  predicted: readonly number[],
): number {
  if (finished.length === 0) return 1;
  const actualSum = finished.reduce((sum, { sales }) => sum + sales, 0);
  const predictedSum = predicted.reduce((sum, sales) => sum + sales, 0);
  const prior = (WEEK_DAYS * predictedSum) / finished.length;
  if (prior === 0) return 1;
  const ratio = (actualSum + prior) / (predictedSum + prior);
  return rounded(Math.min(MOST, Math.max(1 / MOST, ratio)));
}

/** The forecast that the newest events of a series led to; `undefined` before the first. */
export async function keptForecast(
  store: Store,
  family: Family,
): Promise<SeriesForecast | undefined> {
  const { Item } = await dynamodb.send(
    new GetItemCommand({
      TableName: required("FORECASTS_TABLE"),
      Key: { series: { S: seriesKey(store.store_nbr, family) } },
    }),
  );
  return Item?.forecast?.S === undefined ? undefined : JSON.parse(Item.forecast.S);
}

async function keep(series: string, made: SeriesForecast): Promise<void> {
  await dynamodb.send(
    new PutItemCommand({
      TableName: required("FORECASTS_TABLE"),
      Item: {
        series: { S: series },
        as_of: { S: made.as_of },
        correction: { N: String(made.correction) },
        next_day: { N: String(made.days[0]?.sales ?? 0) },
        forecast: { S: JSON.stringify(made) },
      },
    }),
  );
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
