/**
 * Composes a text once for all the times that fall into one second; only the latest is kept.
 * @param compose given epoch seconds
 * @returns what takes epoch ms
 */
export function perSecond(compose: (second: number) => string): (at: number) => string {
  let told = { second: Number.NaN, text: "" };
  return (at) => {
    const second = Math.floor(at / 1000);
    if (second !== told.second) told = { second, text: compose(second) };
    return told.text;
  };
}
