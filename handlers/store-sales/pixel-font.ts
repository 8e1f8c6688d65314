/** How a letter is drawn: 5 pixels wide, 7 high, with one free beside it. */
export const GLYPH_HEIGHT = 7;
export const GLYPH_ADVANCE = 6;
const GLYPH_WIDTH = 5;

/**
 * Seven rows from the top; a row is a digit of base 32 whose bits are its pixels, the highest leftmost. There is no
 * lower case: texts are drawn in capitals.
 */
const GLYPHS: Readonly<Record<string, string>> = {
  ...letters("ABCDEFGH", "ehhvhhh uhhuhhu ehggghe uhhhhhu vgguggv vgguggg ehgnhhf hhhvhhh"),
  ...letters("IJKLMNOP", "e44444e 72222ic hikokih ggggggv hrllhhh hhpljhh ehhhhhe uhhuggg"),
  ...letters("QRSTUVWX", "ehhhlid uhhukih fgge11u v444444 hhhhhhe hhhhha4 hhhllla hha4ahh"),
  ...letters("YZ012345", "hhha444 v1248gv ehjlphe 4c4444e eh1248v v2421he 26aiv22 vgu11he"),
  ...letters("6789/,.-", "68guhhe v124888 ehhehhe ehhf12c 01248g0 0000448 00000cc 000v000"),
};

/** The pixels of a text, left to right and top to bottom; what has no glyph is left blank. */
export function* textPixels(text: string): Generator<{ x: number; y: number }> {
  for (const [place, letter] of [...text.toUpperCase()].entries()) {
    const rows = [...(GLYPHS[letter] ?? "")].map((digit) => Number.parseInt(digit, 32));
    for (const [y, row] of rows.entries()) {
      for (let x = 0; x < GLYPH_WIDTH; x += 1) {
        if (row & (1 << (GLYPH_WIDTH - 1 - x))) yield { x: place * GLYPH_ADVANCE + x, y };
      }
    }
  }
}

function letters(names: string, glyphs: string): Record<string, string> {
  return Object.fromEntries(glyphs.split(" ").map((glyph, index) => [names[index] ?? "", glyph]));
}
