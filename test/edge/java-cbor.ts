/**
 * CBOR as the Java SDKs write it to Kinesis: maps and arrays of indefinite length, blobs as byte
 * strings, timestamps as tag 1 with integer milliseconds. Written apart from the codec under test.
 * https://www.rfc-editor.org/rfc/rfc8949
 */
export function javaCbor(value: unknown): Buffer {
  if (typeof value === "string") return withLength(3, Buffer.from(value));
  if (typeof value === "boolean") return Buffer.from([value ? 0xf5 : 0xf4]);
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (value instanceof Uint8Array) return withLength(2, Buffer.from(value));
  if (value instanceof Date) return Buffer.concat([head(6, 1), head(0, value.getTime())]);
  if (Array.isArray(value)) {
    return Buffer.concat([Buffer.from([0x9f]), ...value.map(javaCbor), BREAK]);
  }
  if (typeof value !== "object" || value === null) throw new Error(`cannot write ${value}`);
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  const written = entries.flatMap(([name, member]) => [javaCbor(name), javaCbor(member)]);
  return Buffer.concat([Buffer.from([0xbf]), ...written, BREAK]);
}

const BREAK = Buffer.from([0xff]);

function withLength(major: number, bytes: Buffer): Buffer {
  return Buffer.concat([head(major, bytes.length), bytes]);
}

/** A major type and its argument, in as few bytes as will do. */
function head(major: number, argument: number): Buffer {
  const type = major << 5;
  if (argument < 24) return Buffer.from([type | argument]);
  if (argument < 2 ** 8) return Buffer.from([type | 24, argument]);
  if (argument < 2 ** 16) return Buffer.from([type | 25, argument >> 8, argument & 0xff]);
  const wide = Buffer.alloc(argument < 2 ** 32 ? 5 : 9);
  wide[0] = type | (argument < 2 ** 32 ? 26 : 27);
  if (wide.length === 5) wide.writeUInt32BE(argument, 1);
  else wide.writeBigUInt64BE(BigInt(argument), 1);
  return wide;
}
