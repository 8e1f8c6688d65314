import { encode } from "fast-png";
import { GLYPH_ADVANCE, GLYPH_HEIGHT, textPixels } from "./pixel-font.ts";

export interface Bar {
  readonly label: string;
  readonly value: number;
}

type Color = readonly [red: number, green: number, blue: number];

const WHITE: Color = [255, 255, 255];
const INK: Color = [40, 40, 48];
const LINE: Color = [220, 220, 226];
const FILL: Color = [31, 111, 178];

const PLOT_HEIGHT = 260;
const BAR_WIDTH = 14;
const BAR_STEP = 22;
const MARGIN = 12;
const AXIS_WIDTH = 64;
const TITLE_HEIGHT = 32;
const GRID_LINES = 4;

/** A bar chart as a PNG: values from the bottom up, labels upright below them, read from the bottom. */
export function barChart(title: string, bars: readonly Bar[]): Uint8Array {
  const longest = Math.max(0, ...bars.map(({ label }) => label.length));
  const plotWidth = Math.max(bars.length * BAR_STEP, title.length * GLYPH_ADVANCE);
  const image = new Image({
    width: AXIS_WIDTH + plotWidth + 2 * MARGIN,
    height: TITLE_HEIGHT + PLOT_HEIGHT + longest * GLYPH_ADVANCE + 2 * MARGIN,
  });
  const bottom = TITLE_HEIGHT + PLOT_HEIGHT;
  const top = ceilingOf(Math.max(...bars.map(({ value }) => value), 0));
  image.text(title, { x: AXIS_WIDTH, y: MARGIN });
  for (let line = 0; line <= GRID_LINES; line += 1) {
    const y = bottom - Math.round((PLOT_HEIGHT * line) / GRID_LINES);
    const name = shortNumber((top * line) / GRID_LINES);
    image.rectangle({ x: AXIS_WIDTH, y, width: plotWidth, height: 1 }, LINE);
    const x = AXIS_WIDTH - 6 - name.length * GLYPH_ADVANCE;
    image.text(name, { x, y: y - (GLYPH_HEIGHT >> 1) });
  }
  for (const [index, { label, value }] of bars.entries()) {
    const height = Math.round((PLOT_HEIGHT * Math.max(0, value)) / top);
    const x = AXIS_WIDTH + index * BAR_STEP + ((BAR_STEP - BAR_WIDTH) >> 1);
    image.rectangle({ x, y: bottom - height, width: BAR_WIDTH, height }, FILL);
    const end = bottom + 6 + label.length * GLYPH_ADVANCE;
    image.text(label, { x: x + ((BAR_WIDTH - GLYPH_HEIGHT) >> 1), y: end, isUpright: true });
  }
  return image.png();
}

/** The next of 1, 2, 2.5, 5 times a power of ten; 1 when there is nothing to show. */
function ceilingOf(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 2.5, 5].find((step) => step * power >= value) ?? 10) * power;
}

function shortNumber(value: number): string {
  if (value >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`;
  return value >= 1e4
    ? `${Number((value / 1e3).toPrecision(3))}K`
    : String(Number(value.toPrecision(3)));
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

class Image {
  readonly #width: number;
  readonly #height: number;
  readonly #data: Uint8Array;

  constructor({ width, height }: { width: number; height: number }) {
    this.#width = width;
    this.#height = height;
    this.#data = new Uint8Array(width * height * 3);
    this.rectangle({ x: 0, y: 0, width, height }, WHITE);
  }

  rectangle({ x, y, width, height }: Rectangle, color: Color): void {
    for (let row = y; row < y + height; row += 1) {
      for (let column = x; column < x + width; column += 1) this.#dot(column, { y: row, color });
    }
  }

  /** From its top left corner; an upright text from its bottom left one. */
  text(text: string, at: { x: number; y: number; isUpright?: true }): void {
    for (const pixel of textPixels(text)) {
      const [x, y] = at.isUpright
        ? [at.x + pixel.y, at.y - pixel.x]
        : [at.x + pixel.x, at.y + pixel.y];
      this.#dot(x, { y, color: INK });
    }
  }

  png(): Uint8Array {
    return encode({
      width: this.#width,
      height: this.#height,
      data: this.#data,
      channels: 3,
      depth: 8,
    });
  }

  #dot(x: number, { y, color }: { y: number; color: Color }): void {
    if (x < 0 || y < 0 || x >= this.#width || y >= this.#height) return;
    this.#data.set(color, (y * this.#width + x) * 3);
  }
}
