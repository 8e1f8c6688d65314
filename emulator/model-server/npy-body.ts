import { kinds } from "./element-kind.ts";
import { type NpyArray, readNpy, writeNpy } from "./npy-format.ts";
import { badInput, noRows, shown } from "./refusal.ts";
import {
  describeSpec,
  describeSpecs,
  type Element,
  type Elements,
  type ElementType,
  product,
  type TensorSpec,
  type TensorValue,
} from "./tensor-spec.ts";

/** NumPy's names for the types whose elements lie in memory as NumPy has them. */
const DESCR: Readonly<Record<Exclude<ElementType, "string">, string>> = {
  float16: "<f2",
  float32: "<f4",
  float64: "<f8",
  int64: "<i8",
  uint64: "<u8",
  int32: "<i4",
  uint32: "<u4",
  int16: "<i2",
  uint16: "<u2",
  int8: "|i1",
  uint8: "|u1",
  bool: "|b1",
};

/** Reads one array into a model's one input. Elements are converted where no fraction or meaning is lost. */
export function readNpyRequest(body: Uint8Array, inputs: readonly TensorSpec[]): TensorValue[] {
  const [spec] = inputs;
  if (!spec || inputs.length !== 1) {
    throw badInput(
      `application/x-npy holds one array, and this model takes ${describeSpecs(inputs)}: send application/json`,
    );
  }
  const array = readNpy(body);
  const { shape, kind, descr } = array;
  const { name, type } = spec;
  const fits =
    shape.length === spec.shape.length &&
    spec.shape.every((size, axis) => typeof size !== "number" || size === shape[axis]);
  if (!fits || !sourcesOf(type).includes(kind)) {
    const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(",");
    throw badInput(`expected ${describeSpec(spec)}, the array is ${descr} of the shape (${sizes})`);
  }
  const count = product(shape);
  if (count === 0) throw noRows([spec]);
  return [{ name, type, dims: shape, data: elementsOf(array, { spec, count }) }];
}

/** One array: a model with several outputs cannot be answered so. */
export function outputAsNpy(outputs: readonly TensorValue[]): Uint8Array {
  const [only] = outputs;
  if (!only || outputs.length !== 1) {
    const names = outputs.map(({ name }) => name).join(", ");
    throw badInput(
      `application/x-npy holds one array, and this model gives ${names}: accept application/json`,
    );
  }
  const { type, dims, data } = only;
  if (type === "string") return stringsAsNpy(data, dims);
  const { buffer, byteOffset, byteLength } = data as unknown as Uint8Array;
  return writeNpy(new Uint8Array(buffer, byteOffset, byteLength), {
    descr: DESCR[type],
    shape: dims,
  });
}

/** NumPy's kinds of element that an input of a type takes. */
function sourcesOf(type: ElementType): string {
  if (type === "string") return "US";
  if (type === "bool") return "b";
  return type.startsWith("float") ? "fiu" : "iu";
}

function elementsOf(
  array: NpyArray,
  { spec, count }: { spec: TensorSpec; count: number },
): Elements {
  const { type } = spec;
  const data = kinds[type].allocate(count);
  const isSame = type !== "string" && array.descr.slice(1) === DESCR[type].slice(1);
  if (isSame && array.bytes && type !== "bool") {
    const { buffer, byteOffset, byteLength } = data as unknown as Uint8Array;
    new Uint8Array(buffer, byteOffset, byteLength).set(array.bytes);
    return data;
  }
  for (let index = 0; index < count; index += 1) {
    const value = array.at(index);
    const element = converted(value, type);
    if (element === undefined) {
      const place = `element ${index + 1} of the array is ${shown(String(value))}`;
      throw badInput(`expected ${describeSpec(spec)}, ${place}`);
    }
    data[index] = element;
  }
  return data;
}

function converted(
  value: number | bigint | string | boolean,
  type: ElementType,
): Element | undefined {
  const { fromJson } = kinds[type];
  if (typeof value === "string" || typeof value === "boolean") return fromJson(value);
  if (type === "int64" || type === "uint64") return fromJson(String(value));
  const number = Number(value);
  // NaN and the infinities are told by their names.
  return fromJson(Number.isFinite(number) ? number : String(number));
}

function stringsAsNpy(data: Elements, shape: readonly number[]): Uint8Array {
  const texts = Array.from(data, (element) => Array.from(String(element)));
  const width = texts.reduce((most, { length }) => Math.max(most, length), 1);
  const bytes = Buffer.alloc(texts.length * width * 4);
  texts.forEach((text, row) => {
    text.forEach((character, column) => {
      bytes.writeUInt32LE(character.codePointAt(0) ?? 0, (row * width + column) * 4);
    });
  });
  return writeNpy(bytes, { descr: `<U${width}`, shape });
}
