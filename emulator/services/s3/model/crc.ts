/** A checksum of bytes as S3 writes it: base64 of the value, most significant byte first. */
export type Checksum = (bytes: Uint8Array) => Buffer;

/** CRC-32, as in zip: polynomial 0x04c11db7, reflected. */
export const crc32: Checksum = crc32With(0xedb88320);
/** CRC-32C (Castagnoli). */
export const crc32c: Checksum = crc32With(0x82f63b78);

function crc32With(polynomial: number): Checksum {
  let tables: Uint32Array[] | undefined;
  return (bytes) => {
    tables ??= slicingTables(polynomial);
    const [t0, t1, t2, t3] = tables as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
    const { length } = bytes;
    let crc = 0xffffffff;
    let index = 0;
    // Four bytes a step: a table for each place in the word.
    for (; index + 4 <= length; index += 4) {
      crc ^=
        at(bytes, index) |
        (at(bytes, index + 1) << 8) |
        (at(bytes, index + 2) << 16) |
        (at(bytes, index + 3) << 24);
      crc =
        at(t3, crc & 0xff) ^
        at(t2, (crc >>> 8) & 0xff) ^
        at(t1, (crc >>> 16) & 0xff) ^
        at(t0, crc >>> 24);
    }
    for (; index < length; index += 1) {
      crc = at(t0, (crc ^ at(bytes, index)) & 0xff) ^ (crc >>> 8);
    }
    const value = Buffer.alloc(4);
    value.writeUInt32BE(~crc >>> 0);
    return value;
  };
}

function slicingTables(polynomial: number): Uint32Array[] {
  const first = Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1) {
      value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    }
    return value;
  });
  const tables = [first];
  for (let place = 1; place < 4; place += 1) {
    const before = tables[place - 1] as Uint32Array;
    tables.push(before.map((value) => at(first, value & 0xff) ^ (value >>> 8)));
  }
  return tables;
}

/** CRC-64/NVME, S3's own default. Two 32-bit halves: BigInt would take a hundred times as long. */
export const crc64nvme: Checksum = (bytes) => {
  const { high, low } = crc64Table();
  let crcHigh = 0xffffffff;
  let crcLow = 0xffffffff;
  for (let index = 0; index < bytes.length; index += 1) {
    const entry = (crcLow ^ at(bytes, index)) & 0xff;
    crcLow = ((crcLow >>> 8) | (crcHigh << 24)) ^ at(low, entry);
    crcHigh = (crcHigh >>> 8) ^ at(high, entry);
  }
  const value = Buffer.alloc(8);
  value.writeUInt32BE(~crcHigh >>> 0, 0);
  value.writeUInt32BE(~crcLow >>> 0, 4);
  return value;
};

/** 0xad93d23594c93659, reflected. */
const NVME = 0x9a6c9329ac4bc9b5n;
let table64: { high: Uint32Array; low: Uint32Array } | undefined;

function crc64Table(): { high: Uint32Array; low: Uint32Array } {
  if (table64) return table64;
  const high = new Uint32Array(256);
  const low = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte += 1) {
    let value = BigInt(byte);
    for (let bit = 0; bit < 8; bit += 1) value = value & 1n ? (value >> 1n) ^ NVME : value >> 1n;
    high[byte] = Number(value >> 32n);
    low[byte] = Number(value & 0xffffffffn);
  }
  table64 = { high, low };
  return table64;
}

function at(bytes: Uint8Array | Uint32Array, index: number): number {
  return bytes[index] as number;
}
