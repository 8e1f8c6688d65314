/** The 16 bits of the half-precision float nearest to a number, ties to even: IEEE 754 binary16. */
export function halfBits(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  // Half way between the largest float and what would follow it.
  if (size >= 65_520) return sign | 0x7c00;
  let exponent = size === 0 ? -14 : Math.floor(Math.log2(size));
  // The logarithm is rounded: beside a power of two it may be one off.
  if (2 ** exponent > size) exponent -= 1;
  else if (2 ** (exponent + 1) <= size) exponent += 1;
  exponent = Math.max(exponent, -14);
  // A fraction rounded up to the next power of two carries into the exponent by itself.
  return sign | (((exponent + 14) << 10) + roundedToEven(size / 2 ** (exponent - 10)));
}

/** The number that 16 bits of a half-precision float stand for. */
export function halfValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

function roundedToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
