import { halfBits } from "./half-float.ts";

/** A 64-bit float as JSON writes it; NaN and the infinities as TensorFlow Serving does, as bare words. */
export function float64Text(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

/** Decimal digits that every 32-bit float keeps, and that tell any two of them apart. */
const KEPT_DIGITS = 6;
const TELLING_DIGITS = 9;
/** Below it floats keep fewer digits, down to none. */
const SMALLEST_NORMAL = 2 ** -126;

/**
 * A 32-bit float rounded to the fewest digits that read back as the same float: 21.294546 for what, seen
 * as a 64-bit float, is 21.294546127319336.
 */
export function float32Text(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 24) return float64Text(value);
  const size = Math.abs(value);
  if (size >= 0.1 && size < 1e6) {
    const found = shortDecimal(value, size);
    if (found !== undefined) return String(found);
  }
  const kept = Math.abs(value) < SMALLEST_NORMAL ? 1 : KEPT_DIGITS;
  for (let digits = kept; digits < TELLING_DIGITS; digits += 1) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return String(shorter);
  }
  return String(Number(value.toPrecision(TELLING_DIGITS)));
}

/**
 * What `toPrecision` would find with 6, 7 or 8 digits, by arithmetic that is exact here: a 32-bit float times a
 * power of ten below 2^29 fits into a 64-bit float, and a quotient of two whole numbers is rounded once.
 */
function shortDecimal(value: number, size: number): number | undefined {
  let places = 6;
  for (let limit = 1; size >= limit; limit *= 10) places -= 1;
  for (let more = 0; more <= 2; more += 1) {
    const scale = 10 ** (places + more);
    const shorter = Math.round(size * scale) / scale;
    if (Math.fround(shorter) === size) return value < 0 ? -shorter : shorter;
  }
  return undefined;
}

/** A 16-bit float rounded to the fewest digits that read back as the same float. */
export function float16Text(value: number): string {
  if (value === 0) return float64Text(value);
  for (let digits = 1; digits < 5; digits += 1) {
    const shorter = Number(value.toPrecision(digits));
    if (halfBits(shorter) === halfBits(value)) return float64Text(shorter);
  }
  return float64Text(Number(value.toPrecision(5)));
}
