import { PDFDocument, type PDFFont, type PDFPage, rgb, StandardFonts } from "pdf-lib";
import { ticks } from "./charts.ts";
import { comparison, type MonthUsage, type UsageHistory } from "./history.ts";

const WIDTH = 595;
const HEIGHT = 842;
const MARGIN = 56;
const INK = rgb(0.11, 0.15, 0.2);
const MUTED = rgb(0.32, 0.38, 0.43);
const GRID = rgb(0.87, 0.89, 0.91);
const COLOURS = [
  rgb(0.04, 0.42, 0.8),
  rgb(0.93, 0.52, 0.1),
  rgb(0.2, 0.6, 0.35),
  rgb(0.6, 0.3, 0.65),
];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The four pages of a user's report: the bills compared, usage and cost by month, and what used it. */
export async function reportPdf(userId: string, history: UsageHistory): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  pdf.setTitle(`Usage history for user ${userId}`);
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  const bold = await pdf.embedFont(StandardFonts.HelveticaBold);
  const newPage = (title: string, subtitle: string) =>
    new Sheet({ pdf, font, bold, title, subtitle });
  const { months, shares } = history;
  const year = months.at(-1)?.month.slice(0, 4) ?? "";

  const bills = newPage(`Usage history for user ${userId}`, "Compare bills");
  bills.paragraph(comparison(history));
  bills.bars({ months: months.slice(-2), unit: "kWh", measure: ({ kwh }) => kwh });
  newPage("Usage over the year", `kWh by month, ${year}`).bars({
    months,
    unit: "kWh",
    measure: ({ kwh }) => kwh,
  });
  newPage("Cost over the year", `Dollars by month, ${year}`).bars({
    months,
    unit: "$",
    measure: ({ dollars }) => dollars,
  });
  newPage("Energy use analysis", `Where the energy of ${year} went`).pie(shares);
  return pdf.save();
}

interface Bars {
  readonly months: readonly MonthUsage[];
  readonly unit: string;
  measure(month: MonthUsage): number;
}

class Sheet {
  readonly #page: PDFPage;
  readonly #font: PDFFont;
  readonly #bold: PDFFont;

  constructor(of: {
    pdf: PDFDocument;
    font: PDFFont;
    bold: PDFFont;
    title: string;
    subtitle: string;
  }) {
    this.#page = of.pdf.addPage([WIDTH, HEIGHT]);
    this.#font = of.font;
    this.#bold = of.bold;
    const at = { x: MARGIN, color: INK };
    this.#page.drawText(of.title, { ...at, y: HEIGHT - 90, size: 24, font: this.#bold });
    this.#page.drawText(of.subtitle, {
      ...at,
      y: HEIGHT - 116,
      size: 14,
      font: this.#font,
      color: MUTED,
    });
  }

  paragraph(text: string): void {
    const options = { x: MARGIN, y: HEIGHT - 160, size: 13, lineHeight: 19, font: this.#font };
    this.#page.drawText(text, { ...options, maxWidth: WIDTH - 2 * MARGIN, color: INK });
  }

  /** A bar per month, from nought, each with its value above it. */
  bars({ months, unit, measure }: Bars): void {
    const [left, bottom, width, height] = [MARGIN + 40, 180, WIDTH - 2 * MARGIN - 40, 400];
    const top = Math.max(...months.map(measure), 1e-9) * 1.1;
    for (const mark of ticks({ from: 0, to: top, count: 5 })) {
      const y = bottom + (height * mark) / top;
      const thickness = 0.7;
      this.#page.drawLine({
        start: { x: left, y },
        end: { x: left + width, y },
        thickness,
        color: GRID,
      });
      const label = String(mark);
      const x = left - 8 - this.#font.widthOfTextAtSize(label, 10);
      this.#page.drawText(label, { x, y: y - 3, size: 10, font: this.#font, color: MUTED });
    }
    this.#page.drawText(unit, {
      x: MARGIN,
      y: bottom + height + 14,
      size: 10,
      font: this.#font,
      color: MUTED,
    });
    const slot = width / months.length;
    const barWidth = Math.min(90, slot * 0.7);
    months.forEach((month, index) => {
      const value = measure(month);
      const middle = left + slot * (index + 0.5);
      const barHeight = (height * Math.max(0, value)) / top;
      const place = { x: middle - barWidth / 2, y: bottom, width: barWidth, height: barHeight };
      this.#page.drawRectangle({ ...place, color: COLOURS[0] });
      const size = months.length > 8 ? 8 : 11;
      this.#centred(value.toFixed(2), { x: middle, y: bottom + barHeight + 5, size });
      // The month itself, not its place in the list.
      const name = MONTHS[Number(month.month.slice(5)) - 1] ?? month.month;
      this.#centred(name, { x: middle, y: bottom - 18, size: 11 });
    });
  }

  /** Slices from the top, clockwise, with a legend below. */
  pie(shares: UsageHistory["shares"]): void {
    const radius = 150;
    const middle = { x: WIDTH / 2, y: 500 };
    let from = 0;
    shares.forEach(({ part, share }, index) => {
      const color = COLOURS[index % COLOURS.length];
      const path = slice({ from, to: from + share, radius });
      if (share > 0) this.#page.drawSvgPath(path, { ...middle, color, borderColor: rgb(1, 1, 1) });
      from += share;
      const y = 270 - index * 26;
      this.#page.drawRectangle({ x: MARGIN + 90, y, width: 14, height: 14, color });
      const label = `${part}: ${(share * 100).toFixed(1)} %`;
      this.#page.drawText(label, {
        x: MARGIN + 114,
        y: y + 2,
        size: 13,
        font: this.#font,
        color: INK,
      });
    });
  }

  #centred(text: string, { x, y, size }: { x: number; y: number; size: number }): void {
    const start = x - this.#font.widthOfTextAtSize(text, size) / 2;
    this.#page.drawText(text, { x: start, y, size, font: this.#font, color: INK });
  }
}

/** A slice of a pie around (0, 0), of turns; y points down. A whole turn is no arc, so it ends short of it. */
function slice({ from, to, radius }: { from: number; to: number; radius: number }): string {
  const end = Math.min(to, from + 0.9999);
  const point = (turn: number) =>
    `${(radius * Math.sin(2 * Math.PI * turn)).toFixed(2)} ${(-radius * Math.cos(2 * Math.PI * turn)).toFixed(2)}`;
  const isLarge = end - from > 0.5 ? 1 : 0;
  return `M0 0L${point(from)}A${radius} ${radius} 0 ${isLarge} 1 ${point(end)}Z`;
}
