import { areInvoked, at, type Samples } from "./samples.ts";

/** The samples over and over; what goes on a stream is given a key of its own each time. */
export function* repeatedRecords(samples: Samples): Generator<object> {
  for (let sent = 0; ; sent += 1) {
    const sample = samples.records[sent % samples.records.length] ?? {};
    if (areInvoked(samples)) {
      yield sample;
      continue;
    }
    const path = samples.input.key;
    const isNumber = typeof at(sample, path) === "number";
    yield withValue(sample, { path, value: isNumber ? sent + 1 : `sample-${sent + 1}` });
  }
}

/** A copy of a record with another value at a dotted path. */
function withValue(record: object, { path, value }: { path: string; value: unknown }): object {
  const [name = "", ...rest] = path.split(".");
  const inner = (record as Record<string, object>)[name] ?? {};
  return {
    ...record,
    [name]: rest.length === 0 ? value : withValue(inner, { path: rest.join("."), value }),
  };
}
