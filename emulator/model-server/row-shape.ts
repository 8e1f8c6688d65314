import { type ElementKind, kinds } from "./element-kind.ts";
import { describeSpec, product, type TensorSpec } from "./tensor-spec.ts";

/** What a request should have held, as the first half of a fault: "expected rows of 3 numbers (…)". */
export function expectation(spec: TensorSpec): string {
  const kind = kinds[spec.type];
  const [batch, ...row] = spec.shape;
  if (batch === undefined) return `expected one ${kind.singular} (${describeSpec(spec)})`;
  const rows = typeof batch === "number" ? `${batch} ${batch === 1 ? "row" : "rows"}` : "rows";
  return `expected ${rows} of ${rowText(row, kind)} (${describeSpec(spec)})`;
}

function rowText(row: readonly (number | string)[], { singular, plural }: ElementKind): string {
  const sizes = row.filter((size) => typeof size === "number");
  if (sizes.length < row.length) return plural;
  return product(sizes) === 1 ? `one ${singular}` : `${sizes.join("×")} ${plural}`;
}
