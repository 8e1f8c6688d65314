/**
 * Bytes that are still in base64, as they came over the wire. A stream's records go out in base64 again
 * (GetRecords, Lambda's events), so nothing on their way needs to decode them.
 */
export class Base64 {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get byteLength(): number {
    return decodedLength(this.text);
  }

  toBytes(): Buffer {
    return decode(this.text);
  }

  static from(data: Uint8Array | Base64): Base64 {
    if (data instanceof Base64) return data;
    const { buffer, byteOffset, byteLength } = data;
    return new Base64(Buffer.from(buffer, byteOffset, byteLength).toString("base64"));
  }
}

/** Bytes that padded base64 text stands for. */
export function decodedLength(base64: string): number {
  const { length } = base64;
  if (length === 0) return 0;
  const EQUALS = 61;
  if (base64.charCodeAt(length - 2) === EQUALS) return (length / 4) * 3 - 2;
  return (length / 4) * 3 - (base64.charCodeAt(length - 1) === EQUALS ? 1 : 0);
}

/** The last character before the padding has bits to spare, which must be zero. */
const END = /^(?:[AQgw]==|[A-Za-z0-9+/][AEIMQUYcgkosw048]=|[A-Za-z0-9+/]{3})$/;
const scratch = Buffer.allocUnsafeSlow(48 * 1024);

/**
 * Whether text is padded, standard base64 with no stray bits: AWS refuses anything else. Node's decoder
 * skips what it does not know, so the text is sound if it decodes to its full length; a regular expression
 * takes six times as long.
 */
export function isBase64(text: string): boolean {
  const { length } = text;
  if (length === 0) return true;
  if (length % 4 !== 0 || !END.test(text.slice(-3))) return false;
  const padding = text.indexOf("=");
  if (padding >= 0 && padding < length - 2) return false;
  // What the decoder takes besides the standard alphabet.
  if (Buffer.byteLength(text) !== length || text.includes("-") || text.includes("_")) return false;
  const bytes = decodedLength(text);
  return bytes === (bytes <= scratch.length ? scratch.write(text, "base64") : decode(text).length);
}

function decode(text: string): Buffer {
  return Buffer.from(text, "base64");
}
