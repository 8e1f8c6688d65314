// The forecast of a month's days, as a chart and as a table.
import { element, scrolling } from "./page.js";
import { figure, labelAxis, plane, shape, through } from "./plot.js";

export function monthChart(points) {
  const to = Math.max(...points.map(({ yhat_upper }) => yhat_upper));
  const from = Math.min(...points.map(({ yhat_lower }) => yhat_lower));
  const title = "Forecast of power by day; the figures are in the table below";
  const drawn = plane(title, { from, to, yName: "kW", xName: "day", height: 240 });
  const { svg, left, right, y } = drawn;
  const x = (index) => left + ((right - left) * (index + 0.5)) / points.length;
  const of = (name) => points.map((point, index) => [x(index), y(point[name])]);
  const outline = [...of("yhat_upper"), ...of("yhat_lower").reverse()];
  svg.append(
    shape("path", { class: "band", d: `${through(outline)}Z` }),
    shape("path", { class: "stroke", d: through(of("yhat")) }),
  );
  // A path of one point draws nothing.
  if (points.length === 1) {
    const [[cx, cy]] = of("yhat");
    svg.append(shape("circle", { cx, cy, r: 4, fill: "var(--accent)" }));
  }
  labelAxis(
    drawn,
    points.map(({ ds }, index) => ({ x: x(index), label: ds.slice(5, 10) })),
  );
  const time = points[0].ds.slice(11, 16);
  return quiet(figure(`Power at ${time} of each day, with its 80 % interval`, svg));
}

export function monthTable(points) {
  const rows = points.map(({ ds, yhat, kwh }) =>
    row("td", [ds.slice(0, 16).replace("T", " "), yhat.toFixed(3), kwh.toFixed(2)]),
  );
  const table = element("table", {
    content: [
      element("thead", { content: [row("th", ["Time", "Power, kW", "Energy of the day, kWh"])] }),
      element("tbody", { content: rows }),
    ],
  });
  return quiet(scrolling("Forecast by day", table));
}

/** The answer is read aloud as it comes; its figures are not, unless they are asked for. */
function quiet(part) {
  part.ariaLive = "off";
  return part;
}

function row(name, cells) {
  return element("tr", { content: cells.map((cell) => element(name, { content: [cell] })) });
}
