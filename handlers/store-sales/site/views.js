// The six views. Each has its choices, and draws what was chosen.
import { bars, line, lyingBars, picture, pie, scatter, stems } from "./charts.js";
import { ask } from "./page.js";
import {
  autocorrelation,
  average,
  interpolated,
  partialAutocorrelation,
  spearman,
} from "./statistics.js";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const MS_PER_DAY = 86_400_000;
const SALES_A_DAY = "units or kg a day";

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
          lyingBars(
            `${name}: average sales by month, ${SALES_A_DAY}`,
            averages(days, monthOf, MONTHS),
          ),
          pie(
            `${name}: share of sales by quarter`,
            averages(days, quarterOf, ["Q1", "Q2", "Q3", "Q4"]),
          ),
          bars(`${name}: average sales by year`, averages(days, yearOf, years), {
            yName: SALES_A_DAY,
            xName: "year",
          }),
        ];
      },
    },
    stores: {
      choices: [
        store,
        { name: "kind", label: "Show", options: ["Promotions", "Sales", "Forecast"] },
        {
          name: "year",
          label: "Year",
          options: [...years].reverse(),
          when: ({ kind }) => kind === "Promotions",
        },
        { ...family, when: ({ kind }) => kind !== "Promotions" },
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
        const at = [30, 50, 70, 90, 110].map((dollars) => ({ at: dollars, label: dollars }));
        const marks = prices.map((x, index) => ({ x, y: days[index] }));
        const title = `${name}: sales against the price of oil, Spearman's correlation ${correlation}`;
        const limit = { x: 70, label: "$70" };
        const names = { yName: SALES_A_DAY, xName: "price of oil, $ a barrel" };
        return [scatter(title, marks, { ticks: at, limit, ...names })];
      },
    },
    holidays: {
      choices: [
        { name: "line", label: "All days", checked: true },
        { name: "dots", label: "Holidays by kind", checked: true },
      ],
      draw: ({ line: showLine, dots: showDots }) => {
        const national = holidays.filter(({ locale }) => locale === "national");
        const marks = national.map(({ date }) => dayIndex(date));
        const on = holidays.map(({ date, locale }) => {
          const x = dayIndex(date);
          return { x, y: averageOfAll[x], kind: Number(locale === "local") };
        });
        const notes = [
          ["2014-07-05", "World Cup"],
          ["2016-04-20", "Earthquake"],
          ...years.slice(0, -1).map((year) => [`${year}-12-24`, "Christmas"]),
        ].map(([date, label]) => ({ x: dayIndex(date), y: averageOfAll[dayIndex(date)], label }));
        const legend = ["National", "Local"];
        const names = { yName: SALES_A_DAY, xName: "day" };
        return [
          showLine &&
            line("Average sales of a family; national holidays dashed", points(averageOfAll), {
              ticks,
              marks,
              ...names,
            }),
          showDots &&
            scatter("Average sales of a family on holidays", on, {
              ticks,
              notes,
              legend,
              ...names,
            }),
        ].filter(Boolean);
      },
    },
    transactions: {
      choices: [store],
      draw: ({ store: number }) => [
        line(`Store ${number}: transactions`, points(transactions[number - 1]), {
          ticks,
          yName: "transactions a day",
          xName: "day",
        }),
      ],
    },
    acf: {
      choices: [family, { name: "lags", label: "Lags", options: [30, 60, 90, 120, 365, 730] }],
      draw: ({ family: name, lags }) => {
        const days = salesOf(name);
        const names = {
          band: 1.96 / Math.sqrt(days.length),
          yName: "correlation",
          xName: "lag, days",
        };
        return [
          stems(`${name}: autocorrelation`, autocorrelation(days, Number(lags)), names),
          stems(
            `${name}: partial autocorrelation`,
            partialAutocorrelation(days, Number(lags)),
            names,
          ),
        ];
      },
    },
  };
}

async function promotions(store, year) {
  const { data } = await asked(`/store/${store}/year/${year}/promotions`);
  return [picture(`Store ${store}, ${year}: items on promotion`, data)];
}

async function storeSales(store, family) {
  const { data } = await asked(`/store/${store}/family/${encodeURIComponent(family)}/sales`);
  return [
    picture(`Store ${store}, ${family}: sales by year, units or kg`, data.data_year),
    picture(`Store ${store}, ${family}: sales by month, units or kg`, data.data_month),
  ];
}

async function storeForecast(store, family) {
  const made = await asked(`/store/${store}/family/${encodeURIComponent(family)}/forecast`);
  const items = made.days.map(({ date, sales }) => ({ label: date.slice(5), value: sales }));
  const level = made.correction === 1 ? "" : `, level ${made.correction}`;
  const names = { yName: SALES_A_DAY, xName: "day" };
  return [bars(`Store ${store}, ${family}: forecast after ${made.as_of}${level}`, items, names)];
}

function asked(path) {
  return ask(window.STORE_SALES_API, { path });
}
