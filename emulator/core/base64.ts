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
    return Buffer.from(this.text, "base64");
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
const BASE64 = /^[A-Za-z0-9+/]*(?:[AQgw]==|[AEIMQUYcgkosw048]=)?$/;

/** Whether text is padded, standard base64 with no stray bits: AWS refuses anything else. */
export function isBase64(text: string): boolean {
  return text.length % 4 === 0 && BASE64.test(text);
}
