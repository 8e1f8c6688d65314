/** Part of an input, as the container gets it in one call: whole records, byte for byte. */
export type Payload = readonly Uint8Array[];

export interface Packing {
  /** As many records as fit, or one. */
  readonly isMulti: boolean;
  /** 0 for no bound. */
  readonly maxBytes: number;
}

const NEWLINE = 0x0a;

/**
 * Cuts an input into what is sent at a time.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform.html
 *
 * @throws Error for a record that is larger than a payload may be
 */
export function payloadsOf(
  records: readonly Uint8Array[],
  { isMulti, maxBytes }: Packing,
): Payload[] {
  const payloads: Uint8Array[][] = [];
  let room = 0;
  for (const record of records) {
    const bytes = record.byteLength + 1;
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

/** The lines of a file of any kind; the end of the last one is no line of its own. */
export function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(NEWLINE, start);
    const end = found === -1 ? bytes.length : found;
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

/** Records with a line end between them, or after each. */
export function joined(records: readonly Uint8Array[], { isEnded = false } = {}): Uint8Array {
  const [only] = records;
  if (only && records.length === 1 && !isEnded) return only;
  const newline = Buffer.of(NEWLINE);
  const parts = records.flatMap((record, index) => {
    // DIFFERS: an answer that ends its last line itself gets no second line end.
    const isLast = isEnded ? record.at(-1) === NEWLINE : index === records.length - 1;
    return isLast ? [record] : [record, newline];
  });
  return Buffer.concat(parts);
}
