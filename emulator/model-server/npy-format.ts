import { halfValue } from "./half-float.ts";
import { badInput } from "./refusal.ts";
import { product } from "./tensor-spec.ts";

/**
 * NumPy's array file, versions 1 to 3: the magic, the length of a header, a Python dictionary, the elements.
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export interface NpyArray {
  /** NumPy's letter for the kind of element: b, i, u, f, U or S. */
  readonly kind: string;
  /** As the file says, `<f8`. */
  readonly descr: string;
  readonly shape: readonly number[];
  /** An element by its place in row-major order. */
  at(index: number): number | bigint | string | boolean;
  /** The elements' bytes, where they are in row-major and little-endian order already. */
  readonly bytes: Uint8Array | undefined;
}

const MAGIC = "\x93NUMPY";
const KINDS = /^([<>|=])([biufUS])(\d{1,9})$/;
const SIZES: Readonly<Record<string, readonly number[]>> = {
  b: [1],
  i: [1, 2, 4, 8],
  u: [1, 2, 4, 8],
  f: [2, 4, 8],
};

/** @throws Refusal for what is no such file, or holds Python objects or records. */
export function readNpy(body: Uint8Array): NpyArray {
  const file = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (file.toString("latin1", 0, 6) !== MAGIC) throw refused("it does not begin with \\x93NUMPY");
  const version = file[6] ?? 0;
  if (version < 1 || version > 3) throw refused(`its version is ${version}, not 1, 2 or 3`);
  const isShort = version === 1;
  const from = isShort ? 10 : 12;
  if (file.length < from) throw refused("its header is cut off");
  const headerBytes = isShort ? file.readUInt16LE(8) : file.readUInt32LE(8);
  if (file.length < from + headerBytes) throw refused("its header is cut off");
  const header = file.toString(version === 3 ? "utf8" : "latin1", from, from + headerBytes);
  const { descr, isFortran, shape } = readHeader(header);
  const { kind, isLittle, size } = readDescr(descr);
  const data = file.subarray(from + headerBytes);
  const expected = product(shape) * size;
  if (data.length !== expected) {
    const array = `an array of ${descr} of the shape (${shape.join(",")})`;
    throw refused(`${array} has ${expected} bytes, and the body has ${data.length}`);
  }
  const read = reader(data, { kind, isLittle, size });
  const isRowMajor = !isFortran || shape.length < 2;
  const place = isRowMajor ? (index: number) => index : columnMajor(shape);
  return {
    kind,
    descr,
    shape,
    at: (index) => read(place(index) * size),
    bytes: isRowMajor && (isLittle || size === 1) ? data : undefined,
  };
}

/** Writes elements, given as their little-endian bytes, under NumPy's name for their type. */
export function writeNpy(
  bytes: Uint8Array,
  { descr, shape }: { descr: string; shape: readonly number[] },
): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sizes}), }`;
  // The elements begin at a multiple of 64 bytes, after a line end.
  const padded = Math.ceil((10 + dictionary.length + 1) / 64) * 64 - 10;
  const head = Buffer.alloc(10);
  head.write(MAGIC, "latin1");
  head[6] = 1;
  head.writeUInt16LE(padded, 8);
  const header = Buffer.from(`${dictionary.padEnd(padded - 1)}\n`, "latin1");
  return Buffer.concat([head, header, bytes]);
}

function readHeader(header: string) {
  const descr = /['"]descr['"]\s*:\s*['"]([^'"]*)['"]/.exec(header)?.[1];
  const order = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(header)?.[1];
  const sizes = /['"]shape['"]\s*:\s*\(([\d\s,L]*)\)/.exec(header)?.[1];
  if (order === undefined || sizes === undefined) throw refused("its header cannot be read");
  if (descr === undefined) throw refused("it holds records, not plain elements");
  const shape = sizes
    .split(",")
    .map((size) => size.trim().replace(/L$/, ""))
    .filter((size) => size !== "")
    .map(Number);
  return { descr, isFortran: order === "True", shape };
}

interface Layout {
  readonly kind: string;
  readonly isLittle: boolean;
  /** Bytes of one element. */
  readonly size: number;
}

function readDescr(descr: string): Layout {
  // An object array is a pickle: reading one runs the code that is in it.
  if (descr.includes("O")) throw refused("it holds Python objects, which are not read");
  const [, order, kind = "", digits = ""] = KINDS.exec(descr) ?? [];
  const isText = kind === "U" || kind === "S";
  const size = Number(digits) * (kind === "U" ? 4 : 1);
  const isKnown = isText ? size > 0 : SIZES[kind]?.includes(size);
  if (!isKnown) throw refused(`its elements are of type ${descr}`);
  return { kind, isLittle: order !== ">", size };
}

function reader(data: Buffer, { kind, isLittle, size }: Layout): NpyArray["at"] {
  if (kind === "S") {
    return (at) => data.toString("utf8", at, at + size).replace(/\0+$/, "");
  }
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (kind === "U") return (at) => codePoints(view, { at, size, isLittle });
  if (kind === "b") return (at) => view.getUint8(at) !== 0;
  return numberReader(view, { kind, isLittle, size });
}

function numberReader(view: DataView, { kind, isLittle, size }: Layout): NpyArray["at"] {
  switch (`${kind}${size}`) {
    case "i1":
      return (at) => view.getInt8(at);
    case "u1":
      return (at) => view.getUint8(at);
    case "i2":
      return (at) => view.getInt16(at, isLittle);
    case "u2":
      return (at) => view.getUint16(at, isLittle);
    case "i4":
      return (at) => view.getInt32(at, isLittle);
    case "u4":
      return (at) => view.getUint32(at, isLittle);
    case "i8":
      return (at) => view.getBigInt64(at, isLittle);
    case "u8":
      return (at) => view.getBigUint64(at, isLittle);
    case "f2":
      return (at) => halfValue(view.getUint16(at, isLittle));
    case "f4":
      return (at) => view.getFloat32(at, isLittle);
    default:
      return (at) => view.getFloat64(at, isLittle);
  }
}

function codePoints(
  view: DataView,
  { at, size, isLittle }: { at: number; size: number; isLittle: boolean },
): string {
  const points: number[] = [];
  for (let offset = at; offset < at + size; offset += 4) {
    const point = view.getUint32(offset, isLittle);
    if (point > 0x10ffff) throw refused(`it holds ${point}, which is no character`);
    points.push(point);
  }
  while (points.at(-1) === 0) points.pop();
  return String.fromCodePoint(...points);
}

/** Where the elements of an array in column-major order are, by their place in row-major order. */
function columnMajor(shape: readonly number[]): (index: number) => number {
  const strides: number[] = [];
  let stride = 1;
  for (const size of shape) {
    strides.push(stride);
    stride *= size;
  }
  return (index) => {
    let rest = index;
    let place = 0;
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      const size = shape[axis] ?? 1;
      place += (rest % size) * (strides[axis] ?? 0);
      rest = Math.floor(rest / size);
    }
    return place;
  };
}

function refused(fault: string): Error {
  return badInput(`the body is not an array that can be read: ${fault}`);
}
