// Charts as SVG. Each takes a title, values and the names of its axes, and gives a <figure>.
import { element, scrolling } from "./page.js";
import {
  canvas,
  drawingWidth,
  figure,
  labelAxis,
  plane,
  shape,
  short,
  text,
  textWidth,
  through,
} from "./plot.js";

const KINDS = ["", "second", "third", "fourth"];

/** Upright bars. */
export function bars(title, items, names) {
  const to = Math.max(...items.map(({ value }) => value), 0);
  const drawn = plane(title, { to, ...names });
  const { svg, y, left, right } = drawn;
  const step = (right - left) / items.length;
  const x = (index) => left + index * step;
  for (const [index, { label, value }] of items.entries()) {
    const at = { x: x(index) + step * 0.15, y: y(value), width: step * 0.7 };
    const bar = shape("rect", { ...at, height: y(0) - y(value), class: "fill" });
    bar.append(tip(`${label}: ${short(value)}`));
    svg.append(bar);
  }
  labelAxis(
    drawn,
    items.map(({ label }, index) => ({ x: x(index + 0.5), label })),
  );
  return figure(title, svg);
}

/** Lying bars, the first at the top, each with its value. */
export function lyingBars(title, items) {
  const top = Math.max(...items.map(({ value }) => value), 0) || 1;
  const [left, room, step] = [40, 52, 24];
  const width = drawingWidth();
  const svg = canvas(title, { width, height: items.length * step });
  for (const [index, { label, value }] of items.entries()) {
    const length = ((width - left - room) * value) / top;
    const y = index * step;
    svg.append(
      text(label, { x: left - 8, y: y + 16, anchor: "end" }),
      shape("rect", { x: left, y: y + 3, width: length, height: step - 6, class: "fill" }),
      text(short(value), { x: left + length + 6, y: y + 16 }),
    );
  }
  return figure(title, svg);
}

/** Shares of a whole, named beside it. */
export function pie(title, items) {
  const total = items.reduce((sum, { value }) => sum + value, 0) || 1;
  const width = drawingWidth();
  const radius = Math.min(120, width / 4);
  const height = 2 * radius + 8;
  const svg = canvas(title, { width, height });
  const point = (at) => {
    const [x, y] = [Math.cos(at), Math.sin(at)].map((part) => radius + 4 + radius * part);
    return `${x} ${y}`;
  };
  let angle = -Math.PI / 2;
  for (const [index, { label, value }] of items.entries()) {
    const end = angle + Math.min((value / total) * 2 * Math.PI, 2 * Math.PI - 1e-6);
    const isLarge = Number(end - angle > Math.PI);
    const centre = `${radius + 4} ${radius + 4}`;
    const d = `M${centre}L${point(angle)}A${radius} ${radius} 0 ${isLarge} 1 ${point(end)}Z`;
    const kind = `fill slice ${KINDS[index % KINDS.length]}`;
    const [x, y] = [2 * radius + 32, height / 2 + (index - (items.length - 1) / 2) * 28 + 4];
    svg.append(
      shape("path", { d, class: kind }),
      shape("rect", { x, y: y - 11, width: 14, height: 14, class: kind }),
      text(`${label}: ${((100 * value) / total).toFixed(1)} %`, { x: x + 22, y }),
    );
    angle = end;
  }
  return figure(title, svg);
}

/** A line through points, with dashed lines at marks; all by x. */
export function line(title, points, { ticks, marks = [], ...names }) {
  const { svg, x, y, top, bottom } = pointPlane(title, points, { ticks, ...names });
  for (const mark of marks) {
    svg.append(shape("line", { x1: x(mark), x2: x(mark), y1: top, y2: bottom, class: "mark" }));
  }
  const d = through(points.map((point) => [x(point.x), y(point.y)]));
  svg.append(shape("path", { d, class: "stroke" }));
  return figure(title, svg);
}

/** Points, coloured by their kind (0 to 3, named by the legend), with a red line at one x, and names at notes. */
export function scatter(title, points, { ticks, limit, notes = [], legend = [], ...names }) {
  const { svg, x, y, left, right, top, bottom } = pointPlane(title, [...points, ...notes], {
    ticks,
    ...names,
  });
  for (const point of points) {
    const kind = `fill dot ${KINDS[point.kind ?? 0]}`;
    svg.append(shape("circle", { cx: x(point.x), cy: y(point.y), r: 3, class: kind }));
  }
  if (limit) {
    const at = x(limit.x);
    svg.append(
      shape("line", { x1: at, x2: at, y1: top, y2: bottom, class: "limit" }),
      text(limit.label, { x: at + 6, y: top + 12 }),
    );
  }
  svg.append(
    ...named(
      notes.map((note) => ({ x: x(note.x), y: y(note.y), label: note.label })),
      { left, right, top },
    ),
  );
  for (const [index, label] of legend.entries()) {
    const cx = right - (legend.length - index) * 84;
    svg.append(shape("circle", { cx, cy: 8, r: 5, class: `fill ${KINDS[index]}` }));
    svg.append(text(label, { x: cx + 10, y: 12 }));
  }
  return figure(title, svg);
}

/** Values from zero, by their lag, with a band that chance alone seldom leaves. */
export function stems(title, values, { band, ...names }) {
  const drawn = plane(title, { from: Math.min(...values, -band), to: 1, ...names });
  const { svg, y, left, right } = drawn;
  const x = (lag) => left + ((lag + 0.5) * (right - left)) / values.length;
  const height = y(-band) - y(band);
  svg.append(shape("rect", { x: left, y: y(band), width: right - left, height, class: "band" }));
  for (const [lag, value] of values.entries()) {
    svg.append(shape("line", { x1: x(lag), x2: x(lag), y1: y(0), y2: y(value), class: "stroke" }));
    if (values.length > 130) continue;
    const dot = shape("circle", { cx: x(lag), cy: y(value), r: 2.5, class: "fill" });
    dot.append(tip(`lag ${lag}: ${value.toFixed(3)}`));
    svg.append(dot);
  }
  // Multiples of a week show what a week does.
  const every = 7 * Math.ceil(values.length / 7 / 9);
  const lags = Array.from({ length: Math.ceil(values.length / every) }, (_, at) => at * every);
  labelAxis(
    drawn,
    lags.map((lag) => ({ x: x(lag), label: lag })),
  );
  return figure(title, svg);
}

/** A picture that the API drew. */
export function picture(title, base64) {
  const image = element("img", { src: `data:image/png;base64,${base64}`, alt: title });
  return figure(title, scrolling(title, image));
}

function pointPlane(title, points, { ticks, ...names }) {
  const xs = points.map((point) => point.x);
  const [from, to] = [Math.min(...xs), Math.max(...xs)];
  const drawn = plane(title, { to: Math.max(...points.map((point) => point.y), 0), ...names });
  const { left, right } = drawn;
  const x = (value) => left + ((right - left) * (value - from)) / (to - from || 1);
  const within = ticks.filter(({ at }) => at >= from && at <= to);
  labelAxis(
    drawn,
    within.map(({ at, label }) => ({ x: x(at), label })),
  );
  return { ...drawn, x };
}

/** Names above points, in as many rows as keep them apart, each with a line to its point. */
function named(notes, { left, right, top }) {
  const rowHeight = 15;
  const taken = [];
  return [...notes]
    .sort((one, other) => one.x - other.x)
    .flatMap(({ x, y, label }) => {
      const half = textWidth(label) / 2;
      const middle = Math.min(Math.max(x, left + half), right - half);
      const free = taken.findIndex((end) => end < middle - half);
      const row = free < 0 ? taken.length : free;
      taken[row] = middle + half + 6;
      const below = top + 14 + row * rowHeight;
      return [
        shape("line", { x1: x, x2: x, y1: below, y2: y - 4, class: "zero" }),
        shape("circle", { cx: x, cy: y, r: 4, class: "ring" }),
        text(label, { x: middle, y: below - 3, anchor: "middle" }),
      ];
    });
}

function tip(content) {
  const made = shape("title", {});
  made.textContent = content;
  return made;
}
