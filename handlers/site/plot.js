// What the pages' charts are made of: a plane with named axes, drawn as SVG in the pixels there are, so that text
// is as large on a telephone.
import { element } from "./page.js";

const NS = "http://www.w3.org/2000/svg";
const LEFT = 56;
const RIGHT = 20;
const TOP = 30;
const BOTTOM = 46;
const PIXELS_PER_LETTER = 7;

// The padding of <main> and of a card, and the card's border.
const AROUND = 74;

/** How wide a drawing may be, px. */
export function drawingWidth() {
  return Math.max(240, document.querySelector("main").clientWidth - AROUND);
}

/**
 * A plane with round marks on its upright axis and names at both axes. `from` and `to` are the least and the most of
 * what will be drawn.
 */
export function plane(title, { from = 0, to, yName, xName, height = 300 }) {
  const width = drawingWidth();
  const svg = canvas(title, { width, height });
  const marks = roundMarks(Math.min(0, from), to);
  const [least, most] = [marks[0], marks.at(-1)];
  const bottom = height - BOTTOM;
  const y = (value) => TOP + ((bottom - TOP) * (most - value)) / (most - least);
  for (const mark of marks) {
    const kind = mark === 0 ? "zero" : "grid";
    svg.append(
      shape("line", { x1: LEFT, x2: width - RIGHT, y1: y(mark), y2: y(mark), class: kind }),
      text(short(mark), { x: LEFT - 8, y: y(mark) + 4, anchor: "end" }),
    );
  }
  svg.append(
    text(yName, { x: 0, y: 12 }),
    text(xName, { x: width - RIGHT, y: height - 6, anchor: "end" }),
  );
  return { svg, y, left: LEFT, right: width - RIGHT, top: TOP, bottom };
}

/** Writes labels below the plane, each at its x; one that would touch the one before it is left out. */
export function labelAxis({ svg, bottom }, labels) {
  let free = 0;
  for (const { x, label } of labels) {
    const half = textWidth(label) / 2;
    if (x - half < free) continue;
    svg.append(text(label, { x, y: bottom + 18, anchor: "middle" }));
    free = x + half + PIXELS_PER_LETTER;
  }
}

export function canvas(title, { width, height }) {
  return shape("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": title });
}

export function figure(title, content) {
  const caption = element("figcaption", { content: [title] });
  return element("figure", { content: [caption, content] });
}

/** A line through points of the drawing, for a path. */
export function through(points) {
  return `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`;
}

/** About how wide a text is, px. */
export function textWidth(content) {
  return String(content).length * PIXELS_PER_LETTER;
}

export function text(content, { x, y, anchor = "start" }) {
  const made = shape("text", { x, y, "text-anchor": anchor });
  made.textContent = content;
  return made;
}

export function shape(name, attributes) {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

export function short(value) {
  return new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 }).format(
    value,
  );
}

/** About five multiples of 1, 2, 2.5 or 5 times a power of ten, from below the least to above the most. */
function roundMarks(from, to) {
  const rough = (to - from || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((times) => times * power).find((each) => each >= rough);
  const first = Math.floor(from / step);
  const last = Math.max(first + 1, Math.ceil(to / step));
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}
