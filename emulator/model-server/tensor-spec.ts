/** Element types that the server reads and writes, as onnxruntime names them. */
export type ElementType =
  | "float16"
  | "float32"
  | "float64"
  | "int64"
  | "uint64"
  | "int32"
  | "uint32"
  | "int16"
  | "uint16"
  | "int8"
  | "uint8"
  | "bool"
  | "string";

/** What a model declares of one of its inputs or outputs. */
export interface TensorSpec {
  readonly name: string;
  readonly type: ElementType;
  /** Sizes, and names for those that a request decides: `["n", 3]`. Empty for one lone value. */
  readonly shape: readonly (number | string)[];
  /** For an output that is a map per row: the keys of its last dimension's values. */
  readonly labels?: readonly string[];
}

export type Element = number | bigint | string;

/** A tensor's elements in row-major order: a typed array, or an array of strings. */
export interface Elements {
  readonly length: number;
  [index: number]: Element;
}

/** A tensor on its way into or out of a model. Elements of type bool are 0 and 1, of type float16 their bits. */
export interface TensorValue {
  readonly name: string;
  readonly type: ElementType;
  readonly dims: readonly number[];
  readonly data: Elements;
  readonly labels?: readonly string[];
}

/** As people write it: `features: float32[n,3]`. */
export function describeSpec({ name, type, shape }: TensorSpec): string {
  const sizes = shape.map((size) => (size === "" ? "?" : size));
  return sizes.length === 0 ? `${name}: ${type}` : `${name}: ${type}[${sizes.join(",")}]`;
}

export function describeSpecs(specs: readonly TensorSpec[]): string {
  return specs.map(describeSpec).join(", ");
}

/** How many elements tensors of these sizes hold. */
export function product(sizes: readonly number[]): number {
  let result = 1;
  for (const size of sizes) result *= size;
  return result;
}
