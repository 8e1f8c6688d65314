import { type FittedSeries, type Forecaster, forecasterOf } from "./prophet.ts";

/** What fixtures/power-usage/prophet.json holds, and S3. */
export interface PowerModel {
  /** Of the mean power of whole days, kW: trend, week and year. */
  readonly level: FittedSeries;
  /** Of how an hour's mean differs from its day's, kW: the time of day. */
  readonly shape: FittedSeries;
  /** Standard deviation of what the model misses: of whole days, and of hours. */
  readonly deviation_kw: { readonly day: number; readonly hour: number };
}

/** A point of the forecast. */
export interface PowerForecast {
  /** The meter's own time, "2010-11-02T21:00:00". */
  readonly ds: string;
  /** Power at that time, kW; 80 of 100 times it is between lower and upper. */
  readonly yhat: number;
  readonly yhat_lower: number;
  readonly yhat_upper: number;
  /** Energy of that whole day. */
  readonly kwh: number;
}

export interface NamedComponents {
  readonly trend: readonly number[];
  readonly weekly: readonly number[];
  readonly yearly: readonly number[];
  readonly daily: readonly number[];
}

const DAY_SECONDS = 86_400;
/** Of a normal distribution, eight tenths lie within so many standard deviations. */
const DEVIATIONS_OF_80_PERCENT = 1.2816;

export class BadTime extends Error {
  override readonly name = "BadTime";
}

/** Power forecasts out of the two series of a model. */
export class PowerForecaster {
  readonly #level: Forecaster;
  readonly #shape: Forecaster;
  readonly #deviationKw: PowerModel["deviation_kw"];

  constructor({ level, shape, deviation_kw }: PowerModel) {
    this.#level = forecasterOf(level);
    this.#shape = forecasterOf(shape);
    this.#deviationKw = deviation_kw;
  }

  /** One point per time, in seconds since 1970. No power is below nought. */
  at(times: readonly number[]): PowerForecast[] {
    const level = this.#level(times.map(startOfDay)).yhat;
    const daily = this.#shape(times).yhat;
    const half = DEVIATIONS_OF_80_PERCENT * this.#deviationKw.hour;
    return times.map((time, index) => {
      const dayKw = Math.max(0, level[index] as number);
      const yhat = Math.max(0, dayKw + (daily[index] as number));
      return {
        ds: textOf(time),
        yhat: rounded(yhat),
        yhat_lower: rounded(Math.max(0, yhat - half)),
        yhat_upper: rounded(yhat + half),
        kwh: rounded(dayKw * 24),
      };
    });
  }

  /** What makes up the forecasts at these times, kW each. */
  components(times: readonly number[]): NamedComponents {
    const { trend, seasonalities } = this.#level(times.map(startOfDay));
    return {
      trend,
      weekly: seasonalities.get("weekly") ?? [],
      yearly: seasonalities.get("yearly") ?? [],
      daily: this.#shape(times).yhat,
    };
  }
}

/** From that time on the same time of each day, while the month lasts. */
export function restOfMonth(datetime: string): number[] {
  const first = readTime(datetime);
  const month = new Date(first * 1000).getUTCMonth();
  const times = [];
  for (let time = first; new Date(time * 1000).getUTCMonth() === month; time += DAY_SECONDS) {
    times.push(time);
  }
  return times;
}

/** @throws BadTime unless it is `2010-11-02T21:00:00` or `2010-11-02 21:00:00`, and exists */
export function readTime(datetime: string): number {
  const found = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)$/.exec(datetime);
  const ms = found ? Date.parse(`${found[1]}T${found[2]}Z`) : Number.NaN;
  if (!found || textOf(ms / 1000) !== `${found[1]}T${found[2]}`) {
    throw new BadTime(`"${datetime.slice(0, 40)}" is no time: write it like 2010-11-02T21:00:00`);
  }
  return ms / 1000;
}

/** "2010-11-02T21:00:00"; an empty text for what is no time. */
function textOf(seconds: number): string {
  return Number.isFinite(seconds) ? new Date(seconds * 1000).toISOString().slice(0, 19) : "";
}

function startOfDay(time: number): number {
  return Math.floor(time / DAY_SECONDS) * DAY_SECONDS;
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
