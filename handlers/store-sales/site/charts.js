// Charts as SVG. Each takes a title and values, and gives a <figure>.
const NS = "http://www.w3.org/2000/svg";
const WIDTH = 760;
const HEIGHT = 300;
const LEFT = 64;
const BOTTOM = 28;
const TOP = 8;
const KINDS = ["", "second", "third", "fourth"];

/** Upright bars. */
export function bars(title, items) {
  const top = Math.max(...items.map(({ value }) => value), 0) || 1;
  const svg = canvas(title);
  const y = axis(svg, { from: 0, to: top });
  const step = (WIDTH - LEFT) / items.length;
  for (const [index, { label, value }] of items.entries()) {
    const x = LEFT + index * step;
    const rect = shape("rect", { x: x + step * 0.15, y: y(value), width: step * 0.7 });
    rect.setAttribute("height", HEIGHT - BOTTOM - y(value));
    rect.setAttribute("class", "fill");
    rect.append(tip(`${label}: ${short(value)}`));
    svg.append(rect, text(label, { x: x + step / 2, y: HEIGHT - 10, anchor: "middle" }));
  }
  return figure(title, svg);
}

/** Lying bars, the first at the top. */
export function lyingBars(title, items) {
  const top = Math.max(...items.map(({ value }) => value), 0) || 1;
  const step = 24;
  const svg = canvas(title, items.length * step);
  for (const [index, { label, value }] of items.entries()) {
    const width = ((WIDTH - LEFT - 70) * value) / top;
    const y = index * step;
    svg.append(
      text(label, { x: LEFT - 8, y: y + 16, anchor: "end" }),
      shape("rect", { x: LEFT, y: y + 3, width, height: step - 6, class: "fill" }),
      text(short(value), { x: LEFT + width + 6, y: y + 16 }),
    );
  }
  return figure(title, svg);
}

/** Shares of a whole, named beside it. */
export function pie(title, items) {
  const total = items.reduce((sum, { value }) => sum + value, 0) || 1;
  const svg = canvas(title);
  let angle = -Math.PI / 2;
  const point = (at) => `${170 + 130 * Math.cos(at)} ${150 + 130 * Math.sin(at)}`;
  for (const [index, { label, value }] of items.entries()) {
    const end = angle + Math.min((value / total) * 2 * Math.PI, 2 * Math.PI - 1e-6);
    const isLarge = Number(end - angle > Math.PI);
    const d = `M170 150 L${point(angle)} A130 130 0 ${isLarge} 1 ${point(end)} Z`;
    const kind = `fill ${KINDS[index % KINDS.length]}`;
    const name = `${label}: ${((100 * value) / total).toFixed(1)} %`;
    const y = 100 + index * 30;
    svg.append(
      shape("path", { d, class: kind }),
      shape("rect", { x: 360, y: y - 11, width: 14, height: 14, class: kind }),
      text(name, { x: 384, y }),
    );
    angle = end;
  }
  return figure(title, svg);
}

/** A line through points, with dashed lines at marks and names at notes; all by x. */
export function line(title, points, { ticks = [], marks = [], notes = [] } = {}) {
  const { svg, x, y } = plane(title, points, ticks);
  for (const mark of marks) svg.append(vertical(x(mark), "mark"));
  const d = points.map((point, index) => `${index ? "L" : "M"}${x(point.x)} ${y(point.y)}`);
  svg.append(shape("path", { d: d.join(""), class: "stroke" }));
  for (const note of notes) svg.append(text(note.label, { x: x(note.x) + 4, y: y(note.y) - 4 }));
  return figure(title, svg);
}

/** Points, coloured by their kind (0 to 3), with a red line at one x and names at notes. */
export function scatter(title, points, { ticks = [], limit, notes = [], legend = [] } = {}) {
  const { svg, x, y } = plane(title, points, ticks);
  for (const point of points) {
    const kind = `fill dot ${KINDS[point.kind ?? 0]}`;
    svg.append(shape("circle", { cx: x(point.x), cy: y(point.y), r: 3, class: kind }));
  }
  if (limit !== undefined) svg.append(vertical(x(limit), "limit"));
  for (const note of notes) svg.append(text(note.label, { x: x(note.x) + 5, y: y(note.y) - 5 }));
  for (const [index, label] of legend.entries()) {
    const cx = LEFT + 16 + index * 120;
    svg.append(shape("circle", { cx, cy: TOP + 6, r: 5, class: `fill ${KINDS[index]}` }));
    svg.append(text(label, { x: cx + 10, y: TOP + 10 }));
  }
  return figure(title, svg);
}

/** Values from zero, by their place, with a band that chance alone seldom leaves. */
export function stems(title, values, band) {
  const from = Math.min(...values, -band) * 1.1;
  const svg = canvas(title);
  const y = axis(svg, { from, to: 1 });
  const step = (WIDTH - LEFT) / values.length;
  const height = y(-band) - y(band);
  svg.append(shape("rect", { x: LEFT, y: y(band), width: WIDTH - LEFT, height, class: "band" }));
  for (const [lag, value] of values.entries()) {
    const x = LEFT + (lag + 0.5) * step;
    svg.append(shape("line", { x1: x, x2: x, y1: y(0), y2: y(value), class: "stroke" }));
    if (values.length < 130) {
      const dot = shape("circle", { cx: x, cy: y(value), r: 2.5, class: "fill" });
      dot.append(tip(`lag ${lag}: ${value.toFixed(3)}`));
      svg.append(dot);
    }
  }
  const every = Math.ceil(values.length / 8);
  for (let lag = 0; lag < values.length; lag += every) {
    svg.append(text(lag, { x: LEFT + (lag + 0.5) * step, y: HEIGHT - 10, anchor: "middle" }));
  }
  return figure(title, svg);
}

/** A picture that the API drew. */
export function picture(title, base64) {
  const image = document.createElement("img");
  image.src = `data:image/png;base64,${base64}`;
  image.alt = title;
  return figure(title, image);
}

function plane(title, points, ticks) {
  const svg = canvas(title);
  const xs = points.map((point) => point.x);
  const [from, to] = [Math.min(...xs), Math.max(...xs)];
  const y = axis(svg, { from: 0, to: Math.max(...points.map((point) => point.y), 0) || 1 });
  const x = (value) => LEFT + ((WIDTH - LEFT - 12) * (value - from)) / (to - from || 1);
  for (const { at, label } of ticks) {
    if (at < from || at > to) continue;
    svg.append(text(label, { x: x(at), y: HEIGHT - 10, anchor: "middle" }));
  }
  return { svg, x, y };
}

function axis(svg, { from, to }) {
  const y = (value) => TOP + ((HEIGHT - BOTTOM - TOP) * (to - value)) / (to - from);
  for (let part = 0; part <= 4; part += 1) {
    const value = from + ((to - from) * part) / 4;
    const at = { x1: LEFT, x2: WIDTH, y1: y(value), y2: y(value), class: "grid" };
    svg.append(
      shape("line", at),
      text(short(value), { x: LEFT - 6, y: y(value) + 4, anchor: "end" }),
    );
  }
  return y;
}

function vertical(x, kind) {
  return shape("line", { x1: x, x2: x, y1: TOP, y2: HEIGHT - BOTTOM, class: kind });
}

function canvas(title, height = HEIGHT) {
  return shape("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": title });
}

function figure(title, content) {
  const made = document.createElement("figure");
  const caption = document.createElement("figcaption");
  caption.textContent = title;
  made.append(caption, content);
  return made;
}

function text(content, { x, y, anchor = "start" }) {
  const made = shape("text", { x, y, "text-anchor": anchor });
  made.textContent = content;
  return made;
}

function tip(content) {
  const made = shape("title", {});
  made.textContent = content;
  return made;
}

function shape(name, attributes) {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function short(value) {
  return new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 }).format(
    value,
  );
}
