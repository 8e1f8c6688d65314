import { halfBits, halfValue } from "./half-float.ts";
import { float16Text, float32Text, float64Text } from "./number-text.ts";
import type { Element, Elements, ElementType } from "./tensor-spec.ts";

/** How elements of one type are read from and written to bodies. */
export interface ElementKind {
  /** What a fault asks for: one of it, and many. */
  readonly singular: string;
  readonly plural: string;
  allocate(length: number): Elements;
  /** `undefined` for a JSON value that is no such element. */
  fromJson(value: unknown): Element | undefined;
  /** `undefined` for a CSV cell that is no such element. */
  fromCell(cell: string): Element | undefined;
  toJson(element: Element): string;
  toCell(element: Element): string;
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const WHOLE = /^[+-]?\d+$/;
/** JSON has no words for these; protobuf's JSON mapping and CSV files write them so. */
const SPECIAL: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  nan: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  inf: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
  "-inf": Number.NEGATIVE_INFINITY,
};
const MAX_FLOAT32 = 3.4028234663852886e38;

function float(options: {
  allocate: (length: number) => Elements;
  max: number;
  print: (value: number) => string;
}): ElementKind {
  const { allocate, max, print } = options;
  const special = (text: string) => (Object.hasOwn(SPECIAL, text) ? SPECIAL[text] : undefined);
  return {
    singular: "number",
    plural: "numbers",
    allocate,
    fromJson(value) {
      if (typeof value === "number") return Math.abs(value) <= max ? value : undefined;
      return typeof value === "string" ? special(value) : undefined;
    },
    fromCell(cell) {
      const text = cell.trim();
      if (!DECIMAL.test(text)) return special(text);
      const value = Number(text);
      return Math.abs(value) <= max ? value : undefined;
    },
    toJson: (element) => print(element as number),
    toCell: (element) => print(element as number),
  };
}

function whole(options: {
  allocate: (length: number) => Elements;
  min: number;
  max: number;
}): ElementKind {
  const { allocate, min, max } = options;
  const within = (value: number) =>
    Number.isInteger(value) && value >= min && value <= max ? value : undefined;
  return {
    singular: "whole number",
    plural: "whole numbers",
    allocate,
    fromJson: (value) => (typeof value === "number" ? within(value) : undefined),
    fromCell: (cell) => (WHOLE.test(cell.trim()) ? within(Number(cell)) : undefined),
    toJson: String,
    toCell: String,
  };
}

/** 64-bit integers: exact in JSON up to 2^53, beyond that as strings of digits. */
function big(options: {
  allocate: (length: number) => Elements;
  min: bigint;
  max: bigint;
}): ElementKind {
  const { allocate, min, max } = options;
  const fromText = (text: string) => {
    if (!WHOLE.test(text)) return undefined;
    const value = BigInt(text.startsWith("+") ? text.slice(1) : text);
    return value >= min && value <= max ? value : undefined;
  };
  return {
    singular: "whole number",
    plural: "whole numbers",
    allocate,
    fromJson(value) {
      if (typeof value === "number" && Number.isSafeInteger(value)) return fromText(String(value));
      return typeof value === "string" ? fromText(value) : undefined;
    },
    fromCell: (cell) => fromText(cell.trim()),
    toJson: String,
    toCell: String,
  };
}

/** Elements are the floats' bits, as onnxruntime has them. */
function half(): ElementKind {
  const number = float({
    allocate: (length) => new Uint16Array(length),
    max: 65_504,
    print: float16Text,
  });
  const bits = (value: Element | undefined) =>
    value === undefined ? undefined : halfBits(value as number);
  const print = (element: Element) => float16Text(halfValue(element as number));
  return {
    ...number,
    fromJson: (value) => bits(number.fromJson(value)),
    fromCell: (cell) => bits(number.fromCell(cell)),
    toJson: print,
    toCell: print,
  };
}

const TRUTH: Readonly<Record<string, number>> = { true: 1, false: 0, "1": 1, "0": 0 };
const truth = (element: Element) => (element ? "true" : "false");

/** How each element type is read and written. */
export const kinds: Readonly<Record<ElementType, ElementKind>> = {
  float16: half(),
  float32: float({
    allocate: (length) => new Float32Array(length),
    max: MAX_FLOAT32,
    print: float32Text,
  }),
  float64: float({
    allocate: (length) => new Float64Array(length),
    max: Number.MAX_VALUE,
    print: float64Text,
  }),
  int64: big({
    allocate: (length) => new BigInt64Array(length),
    min: -(2n ** 63n),
    max: 2n ** 63n - 1n,
  }),
  uint64: big({ allocate: (length) => new BigUint64Array(length), min: 0n, max: 2n ** 64n - 1n }),
  int32: whole({
    allocate: (length) => new Int32Array(length),
    min: -(2 ** 31),
    max: 2 ** 31 - 1,
  }),
  uint32: whole({ allocate: (length) => new Uint32Array(length), min: 0, max: 2 ** 32 - 1 }),
  int16: whole({ allocate: (length) => new Int16Array(length), min: -(2 ** 15), max: 2 ** 15 - 1 }),
  uint16: whole({ allocate: (length) => new Uint16Array(length), min: 0, max: 2 ** 16 - 1 }),
  int8: whole({ allocate: (length) => new Int8Array(length), min: -128, max: 127 }),
  uint8: whole({ allocate: (length) => new Uint8Array(length), min: 0, max: 255 }),
  bool: {
    singular: "boolean",
    plural: "booleans",
    allocate: (length) => new Uint8Array(length),
    fromJson: (value) => (typeof value === "boolean" ? Number(value) : undefined),
    fromCell(cell) {
      const word = cell.trim().toLowerCase();
      return Object.hasOwn(TRUTH, word) ? TRUTH[word] : undefined;
    },
    toJson: truth,
    toCell: truth,
  },
  string: {
    singular: "string",
    plural: "strings",
    allocate: (length) => new Array<string>(length).fill(""),
    fromJson: (value) => (typeof value === "string" ? value : undefined),
    fromCell: (cell) => cell,
    toJson: (element) => JSON.stringify(element),
    toCell: (element) => quoted(String(element)),
  },
};

/** Quotes a CSV cell that would otherwise be read as several: RFC 4180. */
function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
