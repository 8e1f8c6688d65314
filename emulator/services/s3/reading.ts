import { invalidArgument, invalidRange, invalidRequest } from "./errors.ts";
import { byteRange } from "./model/byte-range.ts";
import type { StoredObject } from "./model/object.ts";

/** Bytes of an object that a request asks for; `undefined` when it asks for all of it. */
export interface RequestedRange {
  readonly from: number;
  readonly to: number;
  /** The Content-Range of the answer. */
  readonly header: string;
}

export function rangeOf(
  object: StoredObject,
  { Range, PartNumber }: { Range?: string | undefined; PartNumber?: number | undefined },
): RequestedRange | undefined {
  const { length: size } = object.body;
  if (Range !== undefined && PartNumber !== undefined) {
    throw invalidRequest("Cannot specify both Range header and partNumber query parameter");
  }
  if (PartNumber !== undefined) return partRange(object, PartNumber);
  const range = Range === undefined ? undefined : byteRange(Range, size);
  if (range === "unsatisfiable") throw invalidRange(String(Range), size);
  return range && { ...range, header: `bytes ${range.from}-${range.to}/${size}` };
}

function partRange({ body, partSizes }: StoredObject, number: number): RequestedRange | undefined {
  if (!partSizes) {
    if (number === 1) return undefined;
    throw invalidArgument(
      "The requested partnumber is not satisfiable",
      "partNumber",
      String(number),
    );
  }
  const size = partSizes[number - 1];
  if (size === undefined) {
    throw invalidArgument(
      "The requested partnumber is not satisfiable",
      "partNumber",
      String(number),
    );
  }
  const from = partSizes.slice(0, number - 1).reduce((sum, each) => sum + each, 0);
  const to = from + size - 1;
  return { from, to, header: `bytes ${from}-${to}/${body.length}` };
}
