/** Part of an input, as the container gets it in one call: whole records. */
export type Payload = readonly string[];

export interface Packing {
  /** Whether lines are records; otherwise an object is one. */
  readonly isSplit: boolean;
  /** As many records as fit, or one. */
  readonly isMulti: boolean;
  /** 0 for no bound. */
  readonly maxBytes: number;
}

/**
 * Cuts an input into what is sent at a time.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform.html
 *
 * @throws Error for a record that is larger than a payload may be
 */
export function payloadsOf(records: readonly string[], packing: Packing): Payload[] {
  const { isMulti, maxBytes } = packing;
  const payloads: string[][] = [];
  let room = 0;
  for (const record of records) {
    const bytes = Buffer.byteLength(record) + 1;
    // The line end is counted between records only.
    if (maxBytes > 0 && bytes - 1 > maxBytes) {
      throw new Error(
        `a record of ${bytes - 1} bytes is larger than MaxPayloadInMB allows, ${maxBytes} bytes: split the input by lines or raise it`,
      );
    }
    const last = payloads.at(-1);
    if (last && isMulti && (maxBytes === 0 || bytes <= room)) {
      last.push(record);
      room -= bytes;
    } else {
      payloads.push([record]);
      room = maxBytes - bytes + 1;
    }
  }
  return payloads;
}

/** The lines of a text; the end of the last one is no line of its own. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
