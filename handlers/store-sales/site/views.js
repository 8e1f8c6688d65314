// The six views. Each has its choices, and draws what was chosen.
import { bars, line, lyingBars, picture, pie, scatter, stems } from "./charts.js";
import {
  autocorrelation,
  average,
  interpolated,
  partialAutocorrelation,
  spearman,
} from "./statistics.js";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const MS_PER_DAY = 86_400_000;
// Longer than API Gateway's own limit of 29 s, so that its answer is the one that is shown.
const PATIENCE_MS = 35_000;

export function viewsOf(history) {
  const { families, sales, oil, transactions, holidays } = history;
  const first = Date.parse(history.from) / MS_PER_DAY;
  const dates = sales[0].map((_, index) => new Date((first + index) * MS_PER_DAY));
  const dayIndex = (date) => Date.parse(date) / MS_PER_DAY - first;
  const years = [...new Set(dates.map((date) => date.getUTCFullYear()))];
  const ticks = years.map((year) => ({ at: dayIndex(`${year}-01-01`), label: year }));
  const stores = history.stores.map(({ store_nbr, city }) => [store_nbr, `${store_nbr}, ${city}`]);
  const family = { name: "family", label: "Family", options: families };
  const store = { name: "store", label: "Store", options: stores };
  const salesOf = (name) => sales[families.indexOf(name)];
  const averageOfAll = dates.map((_, index) => average(sales.map((days) => days[index])));
  const points = (values) => values.map((y, x) => ({ x, y }));

  function averages(values, groupOf, labels) {
    return labels.map((label, group) => ({
      label,
      value: average(values.filter((_, index) => groupOf(dates[index]) === group)),
    }));
  }

  return {
    products: {
      choices: [family],
      draw: ({ family: name }) => {
        const days = salesOf(name);
        const monthOf = (date) => date.getUTCMonth();
        const quarterOf = (date) => Math.floor(date.getUTCMonth() / 3);
        const yearOf = (date) => years.indexOf(date.getUTCFullYear());
        return [
          lyingBars(`${name}: average sales a day by month`, averages(days, monthOf, MONTHS)),
          pie(`${name}: by quarter`, averages(days, quarterOf, ["Q1", "Q2", "Q3", "Q4"])),
          bars(`${name}: average sales a day by year`, averages(days, yearOf, years)),
        ];
      },
    },
    stores: {
      choices: [
        store,
        { name: "kind", label: "Show", options: ["Promotions", "Sales", "Forecast"] },
        { name: "year", label: "Year", options: [...years].reverse() },
        family,
      ],
      draw: ({ store: number, kind, year, family: name }) => {
        if (kind === "Promotions") return promotions(number, year);
        return kind === "Sales" ? storeSales(number, name) : storeForecast(number, name);
      },
    },
    oil: {
      choices: [family],
      draw: ({ family: name }) => {
        const prices = interpolated(oil);
        const days = salesOf(name);
        const correlation = spearman(prices, days).toFixed(2);
        const at = [30, 50, 70, 90, 110].map((dollars) => ({ at: dollars, label: `${dollars} $` }));
        const marks = prices.map((x, index) => ({ x, y: days[index] }));
        const title = `${name}: sales a day against the price of oil, Spearman ${correlation}`;
        return [scatter(title, marks, { ticks: at, limit: 70 })];
      },
    },
    holidays: {
      choices: [
        { name: "line", label: "Average sales with the nation's holidays", checked: true },
        { name: "dots", label: "Sales on holidays by kind", checked: true },
      ],
      draw: ({ line: showLine, dots: showDots }) => {
        const national = holidays.filter(({ locale }) => locale === "national");
        const marks = national.map(({ date }) => dayIndex(date));
        const on = holidays.map(({ date, locale }) => {
          const x = dayIndex(date);
          return { x, y: averageOfAll[x], kind: Number(locale === "local") };
        });
        const notes = [
          ["2014-07-05", "WORLD CUP"],
          ["2016-04-20", "EARTHQUAKE"],
          ...years.slice(0, -1).map((year) => [`${year}-12-24`, "CHRISTMAS"]),
        ].map(([date, label]) => ({ x: dayIndex(date), y: averageOfAll[dayIndex(date)], label }));
        const legend = ["National", "Local"];
        return [
          showLine &&
            line("Average sales a day, holidays dashed", points(averageOfAll), { ticks, marks }),
          showDots && scatter("Average sales on holidays", on, { ticks, notes, legend }),
        ].filter(Boolean);
      },
    },
    transactions: {
      choices: [store],
      draw: ({ store: number }) => [
        line(`Store ${number}: transactions a day`, points(transactions[number - 1]), { ticks }),
      ],
    },
    acf: {
      choices: [family, { name: "lags", label: "Lags", options: [30, 60, 90, 120, 365, 730] }],
      draw: ({ family: name, lags }) => {
        const days = salesOf(name);
        const band = 1.96 / Math.sqrt(days.length);
        return [
          stems(`${name}: autocorrelation`, autocorrelation(days, Number(lags)), band),
          stems(
            `${name}: partial autocorrelation`,
            partialAutocorrelation(days, Number(lags)),
            band,
          ),
        ];
      },
    },
  };
}

async function promotions(store, year) {
  const { data } = await ask(`/store/${store}/year/${year}/promotions`);
  return [picture(`Store ${store}, ${year}: items on promotion`, data)];
}

async function storeSales(store, family) {
  const { data } = await ask(`/store/${store}/family/${encodeURIComponent(family)}/sales`);
  return [
    picture(`Store ${store}, ${family}: sales by year`, data.data_year),
    picture(`Store ${store}, ${family}: sales by month`, data.data_month),
  ];
}

async function storeForecast(store, family) {
  const made = await ask(`/store/${store}/family/${encodeURIComponent(family)}/forecast`);
  const items = made.days.map(({ date, sales }) => ({ label: date.slice(5), value: sales }));
  const level = made.correction === 1 ? "" : `, level ${made.correction}`;
  return [bars(`Store ${store}, ${family}: forecast after ${made.as_of}${level}`, items)];
}

/** @throws an Error in words for the reader */
async function ask(path) {
  const api = window.STORE_SALES_API;
  if (!api) throw new Error("This page knows no API: config.js names none.");
  let response;
  let text;
  try {
    response = await fetch(api + path, { signal: AbortSignal.timeout(PATIENCE_MS) });
    text = await response.text();
  } catch (error) {
    throw new Error(`The API at ${api} does not answer (${error.message}).`);
  }
  let said;
  try {
    said = JSON.parse(text);
  } catch {
    throw new Error(`The API's answer is no JSON: ${text.slice(0, 200)}`);
  }
  if (response.ok) return said;
  throw new Error(`The API answered ${response.status}: ${said?.message ?? text}`);
}
