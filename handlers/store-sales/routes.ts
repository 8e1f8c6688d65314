import { BadInput } from "./bad-input.ts";
import { type Bar, barChart } from "./bar-chart.ts";
import { dateOf } from "./calendar.ts";
import { forecast } from "./endpoint.ts";
import { FAMILIES, type Family } from "./families.ts";
import { keptForecast } from "./forecasts.ts";
import { answered, type HttpAnswer, json } from "./http-answer.ts";
import { plannedPromotions, readPlan } from "./plan.ts";
import {
  HORIZON_DAYS,
  HORIZON_FROM,
  idOf,
  knownFamily,
  knownStore,
  targetOf,
} from "./series-id.ts";
import { STORES } from "./stores.ts";

interface Route {
  readonly method: "GET" | "POST";
  readonly path: RegExp;
  answer(...parts: string[]): HttpAnswer | Promise<HttpAnswer>;
}

/** The one place that knows which paths there are. A family's name may hold "/": it takes all up to the last part. */
export const ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: /^\/$/,
    answer: () => json(200, { message: "Welcome from the Store Sales Application" }),
  },
  { method: "GET", path: /^\/families$/, answer: () => json(200, FAMILIES) },
  { method: "POST", path: /^\/predict$/, answer: predictAll },
  { method: "POST", path: /^\/predict_sales\/([^/]+)$/, answer: predictOne },
  { method: "GET", path: /^\/store\/([^/]+)\/year\/([^/]+)\/promotions$/, answer: promotions },
  { method: "GET", path: /^\/store\/([^/]+)\/family\/(.+)\/sales$/, answer: sales },
  { method: "GET", path: /^\/store\/([^/]+)\/family\/(.+)\/forecast$/, answer: seriesForecast },
  { method: "GET", path: /^\/upcoming\.csv$/, answer: upcoming },
];

/** How many families are asked for at the same time. */
const AT_ONCE = 4;
const MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ");

/** All 16 days of all stores and families, as the original's submission. */
async function predictAll(): Promise<HttpAnswer> {
  const waiting = [...FAMILIES];
  const submission: { id: number; sales: number }[] = [];
  const work = async () => {
    for (let family = waiting.shift(); family; family = waiting.shift()) {
      submission.push(...(await predictFamily(family)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return json(200, { Submission: submission.sort((a, b) => a.id - b.id) });
}

async function predictFamily(family: Family): Promise<{ id: number; sales: number }[]> {
  const plan = await readPlan();
  const targets = horizon().flatMap((day) => STORES.map((store) => ({ store, family, day })));
  const predicted = await forecast(
    family,
    targets.map((target) => ({ ...target, onpromotion: plannedPromotions(plan, target) })),
  );
  return targets.map((target, index) => ({ id: idOf(target), sales: predicted[index] ?? 0 }));
}

async function predictOne(id: string): Promise<HttpAnswer> {
  const target = targetOf(id);
  const onpromotion = plannedPromotions(await readPlan(), target);
  const [Sales] = await forecast(target.family, [{ ...target, onpromotion }]);
  return json(200, { Sales });
}

async function promotions(storeNumber: string, yearText: string): Promise<HttpAnswer> {
  const { store_nbr } = knownStore(storeNumber);
  const plan = await readPlan();
  const counts = plan.promotions[store_nbr - 1]?.[Number(yearText) - plan.firstYear];
  if (!/^\d{4}$/.test(yearText) || !counts) {
    const last = plan.firstYear + (plan.promotions[0]?.length ?? 0) - 1;
    throw new BadInput(
      `the year is "${yearText.slice(0, 40)}": there are ${plan.firstYear} to ${last}`,
      404,
    );
  }
  const bars = FAMILIES.map((label, index) => ({ label, value: counts[index] ?? 0 }));
  return json(200, { data: png(`Store - ${store_nbr}, Year - ${yearText}`, bars), message: null });
}

async function sales(storeNumber: string, name: string): Promise<HttpAnswer> {
  const { store_nbr } = knownStore(storeNumber);
  const family = knownFamily(name);
  const { byYear, byMonth, firstYear } = await readPlan();
  const place = FAMILIES.indexOf(family);
  const years = byYear[store_nbr - 1]?.[place] ?? [];
  const months = byMonth[store_nbr - 1]?.[place] ?? [];
  const title = `Store - ${store_nbr}, ${family}`;
  const data = {
    data_year: png(
      `${title}, by year`,
      years.map((value, index) => ({ label: String(firstYear + index), value })),
    ),
    data_month: png(
      `${title}, by month`,
      months.map((value, index) => ({ label: MONTHS[index] ?? "", value })),
    ),
  };
  return json(200, { data, message: null });
}

/** The forecast that the newest sales led to; before any, the model's of the horizon. */
async function seriesForecast(storeNumber: string, name: string): Promise<HttpAnswer> {
  const store = knownStore(storeNumber);
  const family = knownFamily(name);
  const kept = await keptForecast(store, family);
  if (kept) return json(200, kept);
  const plan = await readPlan();
  const days = horizon().map((day) => ({
    store,
    day,
    onpromotion: plannedPromotions(plan, { store, family, day }),
  }));
  const predicted = await forecast(family, days);
  return json(200, {
    store_nbr: store.store_nbr,
    family,
    as_of: dateOf(HORIZON_FROM - 1),
    correction: 1,
    days: days.map(({ day }, index) => ({ date: dateOf(day), sales: predicted[index] })),
  });
}

/** The file to drop into the bucket: every day to forecast with its planned promotions. */
async function upcoming(): Promise<HttpAnswer> {
  const plan = await readPlan();
  const lines = horizon().flatMap((day) =>
    STORES.flatMap((store) =>
      FAMILIES.map((family) => {
        const target = { store, family, day };
        const name = family.includes(",") ? `"${family}"` : family;
        const onpromotion = plannedPromotions(plan, target);
        return `${idOf(target)},${dateOf(day)},${store.store_nbr},${name},${onpromotion}`;
      }),
    ),
  );
  const body = `id,date,store_nbr,family,onpromotion\n${lines.join("\n")}\n`;
  return answered(200, { contentType: "text/csv", body });
}

function horizon(): number[] {
  return Array.from({ length: HORIZON_DAYS }, (_, index) => HORIZON_FROM + index);
}

function png(title: string, bars: readonly Bar[]): string {
  return Buffer.from(barChart(title, bars)).toString("base64");
}
