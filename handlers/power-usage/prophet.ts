import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import {
  initSync,
  Prophet,
  type ProphetOptimizedParams,
  type ProphetOptions,
  type ProphetStanData,
} from "@bsull/augurs/prophet";

/** Parameters that Stan found, as JSON keeps them. */
export type Parameters = {
  readonly [Name in keyof ProphetOptimizedParams]: ProphetOptimizedParams[Name] extends number
    ? number
    : readonly number[];
};

/** A fitted Prophet model as it lies in S3: its options, its history, and the parameters found. */
export interface FittedSeries {
  readonly options: Omit<ProphetOptions, "optimizer">;
  /** Seconds since 1970, of the meter's own time. */
  readonly ds: readonly number[];
  readonly y: readonly number[];
  readonly parameters: Parameters;
  /** What the features are known by, in the order of `beta`. */
  readonly features: readonly number[];
}

/** One value of a component per time. */
export interface Components {
  readonly yhat: readonly number[];
  readonly trend: readonly number[];
  /** By name: weekly, yearly, daily. */
  readonly seasonalities: ReadonlyMap<string, readonly number[]>;
}

/** A model that can be asked about any times, in seconds since 1970. */
export type Forecaster = (ds: readonly number[]) => Components;

/**
 * The model with the parameters that it was fitted with: in place of Stan it is handed what Stan found, so nothing
 * is searched and it is ready in milliseconds.
 */
export function forecasterOf({ options, ds, y, parameters, features }: FittedSeries): Forecaster {
  prepareAugurs();
  const prophet = new Prophet({
    ...options,
    optimizer: {
      optimize: (_, data) => ({
        logs: { debug: "", info: "", warn: "", error: "", fatal: "" },
        params: {
          ...parameters,
          delta: Float64Array.from(parameters.delta),
          beta: Float64Array.from(
            // Each instance of augurs orders its seasonalities anew, and with them its features.
            featuresOf(data).map(
              (feature) => parameters.beta[features.indexOf(feature)] ?? Number.NaN,
            ),
          ),
          trend: Float64Array.from(parameters.trend),
        },
      }),
    },
  });
  prophet.fit({ ds: [...ds], y: [...y] });
  return (times) => {
    const { yhat, trend, seasonalities } = prophet.predict({ ds: [...times] });
    return {
      yhat: yhat.point,
      trend: trend.point,
      seasonalities: new Map([...seasonalities].map(([name, { point }]) => [name, point])),
    };
  };
}

/** One number for each feature that Stan is handed, by which it is known again. */
export function featuresOf(stanData: string): number[] {
  const { K, X }: ProphetStanData = JSON.parse(stanData);
  const marks = new Array<number>(K).fill(0);
  // In rows, whatever its type says.
  X.flat().forEach((value, index) => {
    marks[index % K] = (marks[index % K] as number) + value * Math.sqrt(Math.floor(index / K));
  });
  return marks;
}

let isPrepared = false;

/** WebAssembly is read from the package's folder: in node_modules above the handler, or beside its bundle. */
export function prepareAugurs(): void {
  if (isPrepared) return;
  const module = createRequire(import.meta.url).resolve("@bsull/augurs/prophet");
  initSync({ module: readFileSync(join(dirname(module), "prophet_bg.wasm")) });
  isPrepared = true;
}
