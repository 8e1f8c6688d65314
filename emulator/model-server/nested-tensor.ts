import { kinds } from "./element-kind.ts";
import { badInput, noRows, shown } from "./refusal.ts";
import { expectation } from "./row-shape.ts";
import { product, type TensorSpec, type TensorValue } from "./tensor-spec.ts";

/** Reads nested lists into a tensor of the shape and type that the model declares. */
export function readNested(value: unknown, spec: TensorSpec): TensorValue {
  if (spec.shape.length > 0 && Array.isArray(value) && value.length === 0) throw noRows([spec]);
  const dims = dimsOf(value, spec);
  checkLengths(value, { spec, dims, place: [] });
  const { allocate, fromJson } = kinds[spec.type];
  const data = allocate(product(dims));
  let next = 0;
  const fill = (item: unknown, depth: number) => {
    if (depth < dims.length) {
      for (const member of item as readonly unknown[]) fill(member, depth + 1);
      return;
    }
    const element = fromJson(item);
    if (element === undefined) throw notAnElement(item, { spec, dims, at: next });
    data[next] = element;
    next += 1;
  };
  fill(value, 0);
  return { name: spec.name, type: spec.type, dims, data };
}

/** The declared sizes, with the first member of each list deciding those that are open. */
function dimsOf(value: unknown, { shape }: TensorSpec): number[] {
  let member = value;
  return shape.map((size) => {
    const list: readonly unknown[] = Array.isArray(member) ? member : [];
    member = list[0];
    return typeof size === "number" ? size : list.length;
  });
}

interface Place {
  readonly spec: TensorSpec;
  readonly dims: readonly number[];
  /** Indices of the lists around, outermost first. */
  readonly place: readonly number[];
}

/** Before anything is allocated: a few short lists must not pass for a huge tensor. */
function checkLengths(value: unknown, { spec, dims, place }: Place): void {
  const size = dims[place.length];
  if (size === undefined) return;
  if (!Array.isArray(value)) {
    throw badInput(`${expectation(spec)}, ${nameOf(place)} is ${shown(value)}`);
  }
  if (value.length !== size || size === 0) {
    throw badInput(`${expectation(spec)}, ${nameOf(place)} has ${value.length}`);
  }
  if (place.length + 1 === dims.length) return;
  value.forEach((member: unknown, index) => {
    checkLengths(member, { spec, dims, place: [...place, index] });
  });
}

function notAnElement(
  item: unknown,
  { spec, dims, at }: { spec: TensorSpec; dims: readonly number[]; at: number },
): Error {
  const place: number[] = [];
  let rest = at;
  for (const size of [...dims].reverse()) {
    place.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return badInput(`${expectation(spec)}, ${nameOf(place)} is ${shown(item)}`);
}

/** "row 2, element 3", counted from one as people count. */
function nameOf(place: readonly number[]): string {
  const [row, ...inner] = place.map((index) => index + 1);
  if (row === undefined) return "the request";
  return inner.length === 0 ? `row ${row}` : `row ${row}, element ${inner.join(", ")}`;
}
