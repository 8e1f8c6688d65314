/**
 * A field of a protocol buffer's message, as far as taking a message apart and putting it together needs.
 * https://protobuf.dev/programming-guides/encoding/
 */
export interface Field {
  readonly number: number;
  /** What follows the tag: of a field with a length, what follows the length. */
  readonly bytes: Uint8Array;
  readonly wireType: number;
  /** The field's value, or its packed values, as signed 64-bit integers. */
  varints(): bigint[];
}

const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

/** @throws RangeError for bytes that are no message. */
export function fieldsOf(bytes: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = varintAt(bytes, at);
    const wireType = Number(tag.value & 7n);
    let from = tag.end;
    let end: number;
    if (wireType === LENGTH) {
      const length = varintAt(bytes, from);
      from = length.end;
      end = from + Number(length.value);
    } else if (wireType === VARINT) end = varintAt(bytes, from).end;
    else if (wireType === FIXED64) end = from + 8;
    else if (wireType === FIXED32) end = from + 4;
    else throw new RangeError(`a field of the unknown wire type ${wireType}`);
    if (end > bytes.length) throw new RangeError("a field is cut off");
    fields.push(field(Number(tag.value >> 3n), wireType, bytes.subarray(from, end)));
    at = end;
  }
  return fields;
}

/** A message as a field of another. */
export function message(number: number, fields: readonly Field[]): Field {
  const parts = fields.flatMap(({ number, wireType, bytes }) => {
    const tag = varint((BigInt(number) << 3n) | BigInt(wireType));
    return wireType === LENGTH ? [tag, varint(BigInt(bytes.length)), bytes] : [tag, bytes];
  });
  return field(number, LENGTH, Buffer.concat(parts));
}

export function textField(number: number, text: string): Field {
  return field(number, LENGTH, Buffer.from(text));
}

export function varintField(number: number, value: number): Field {
  return field(number, VARINT, varint(BigInt(value)));
}

function field(number: number, wireType: number, bytes: Uint8Array): Field {
  return {
    number,
    wireType,
    bytes,
    varints() {
      const values: bigint[] = [];
      for (let at = 0; at < bytes.length; ) {
        const { value, end } = varintAt(bytes, at);
        values.push(BigInt.asIntN(64, value));
        at = end;
      }
      return values;
    },
  };
}

function varintAt(bytes: Uint8Array, from: number): { value: bigint; end: number } {
  let value = 0n;
  for (let at = from, shift = 0n; shift < 70n; at += 1, shift += 7n) {
    const byte = bytes[at];
    if (byte === undefined) break;
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return { value, end: at + 1 };
  }
  throw new RangeError("a number is cut off");
}

function varint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
