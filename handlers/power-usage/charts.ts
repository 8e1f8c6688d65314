/** A curve, and a band around it if it has one. */
export interface Panel {
  readonly title: string;
  readonly unit: string;
  readonly labels: readonly string[];
  readonly values: readonly number[];
  readonly band?: { readonly lower: readonly number[]; readonly upper: readonly number[] };
}

const WIDTH = 760;
const PANEL_HEIGHT = 230;
const LEFT = 60;
const RIGHT = 20;
const TOP = 40;
const BOTTOM = 34;
const LABELS_ACROSS = 8;

/** Panels below one another, as one SVG. */
export function lineChart(panels: readonly Panel[]): string {
  const height = PANEL_HEIGHT * panels.length;
  const parts = panels.map(
    (panel, index) => `<g transform="translate(0 ${index * PANEL_HEIGHT})">${drawn(panel)}</g>`,
  );
  const title = panels.map((panel) => escaped(panel.title)).join(", ");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12" role="img"><title>${title}</title><rect width="100%" height="100%" fill="#fff"/>${parts.join("")}</svg>\n`;
}

/** Numbers at which an axis is marked: about `count`, at 1, 2 or 5 times a power of ten. */
export function ticks({ from, to, count }: { from: number; to: number; count: number }): number[] {
  const rough = (to - from || 1) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((each) => each * power >= rough) ?? 10) * power;
  const marks: number[] = [];
  for (let n = Math.ceil(from / step); n * step <= to + step * 1e-9; n += 1) {
    marks.push(Number((n * step).toPrecision(12)));
  }
  return marks;
}

function drawn({ title, unit, labels, values, band }: Panel): string {
  const all = band ? [...band.lower, ...band.upper] : [...values];
  const from = Math.min(...all);
  const to = Math.max(...all, from + 1e-3);
  const right = WIDTH - RIGHT;
  const bottom = PANEL_HEIGHT - BOTTOM;
  const x = (index: number) =>
    fixed(LEFT + ((right - LEFT) * index) / Math.max(1, values.length - 1));
  const y = (value: number) => fixed(bottom - ((bottom - TOP) * (value - from)) / (to - from));
  const line = (points: readonly number[]) =>
    points.map((value, index) => `${x(index)} ${y(value)}`).join("L");
  const grid = ticks({ from, to, count: 4 }).map(
    (mark) =>
      `<path d="M${LEFT} ${y(mark)}H${right}" stroke="#dde3e9"/><text x="${LEFT - 8}" y="${y(mark) + 4}" text-anchor="end" fill="#51606e">${mark}</text>`,
  );
  const every = Math.max(1, Math.ceil(labels.length / LABELS_ACROSS));
  const below = labels.map((label, index) =>
    index % every === 0
      ? `<text x="${x(index)}" y="${bottom + 18}" text-anchor="middle" fill="#51606e">${escaped(label)}</text>`
      : "",
  );
  const around = band
    ? `<path d="M${line(band.upper)}L${[...band.lower.entries()]
        .reverse()
        .map(([index, value]) => `${x(index)} ${y(value)}`)
        .join("L")}Z" fill="#0b6bcb" fill-opacity="0.15"/>`
    : "";
  return `<text x="${LEFT}" y="24" font-size="14" font-weight="600" fill="#1c2733">${escaped(title)} (${escaped(unit)})</text>${grid.join("")}${below.join("")}${around}<path d="M${line(values)}" fill="none" stroke="#0b6bcb" stroke-width="2" stroke-linejoin="round"/>`;
}

function fixed(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
