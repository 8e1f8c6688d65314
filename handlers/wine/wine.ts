/** The model's features, in its order. */
export const FEATURES = [
  "alcohol",
  "malic_acid",
  "ash",
  "alcalinity_of_ash",
  "magnesium",
  "total_phenols",
  "flavanoids",
  "nonflavanoid_phenols",
  "proanthocyanins",
  "color_intensity",
  "hue",
  "od280/od315_of_diluted_wines",
  "proline",
] as const;

/** What the caller did wrong, in words for the caller. */
export class BadRequest extends Error {}

// As XGBoost's own CSV reader has them: no hexadecimal, no words.
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads one wine: 13 numbers, separated by commas.
 * @throws BadRequest naming what is missing, too much, or no number
 */
export function readWine(text: string): number[] {
  const row = text.replace(/^\uFEFF/, "").trim();
  if (row === "") throw new BadRequest(`the body is empty: expected ${expected}`);
  if (/[\r\n]/.test(row)) throw new BadRequest("expected one wine, found several lines");
  const cells = row.split(",").map((cell) => cell.trim());
  if (cells.length !== FEATURES.length) {
    throw new BadRequest(`expected ${expected}; found ${cells.length}`);
  }
  return cells.map((cell, index) => {
    const value = Number(cell);
    // The model takes 32-bit floats: what they cannot hold would be infinite there.
    if (NUMBER.test(cell) && Number.isFinite(Math.fround(value))) return value;
    throw new BadRequest(
      `number ${index + 1} (${FEATURES[index]}) is ${JSON.stringify(cell.slice(0, 40))}, not a finite number`,
    );
  });
}

const expected = `${FEATURES.length} numbers separated by commas (${FEATURES.join(", ")})`;
