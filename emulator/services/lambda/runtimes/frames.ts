/**
 * What travels on the channel between the tank and a process: one byte for the kind, the lengths of
 * header and body as 32-bit little-endian numbers, the header as text, the body as it is. A payload is
 * thus written once, whatever it holds. node-bootstrap.mjs has the other end.
 */
export interface Frame {
  readonly kind: number;
  /** What it holds depends on the kind; node.ts tells. */
  readonly header: string;
  readonly body: Buffer;
}

const PREFIX_BYTES = 9;

export function encodeFrame(kind: number, header: string, body: Uint8Array | string): Buffer {
  const headerBytes = Buffer.byteLength(header);
  const bodyBytes = typeof body === "string" ? Buffer.byteLength(body) : body.byteLength;
  const frame = Buffer.allocUnsafe(PREFIX_BYTES + headerBytes + bodyBytes);
  frame[0] = kind;
  frame.writeUInt32LE(headerBytes, 1);
  frame.writeUInt32LE(bodyBytes, 5);
  frame.write(header, PREFIX_BYTES);
  if (typeof body === "string") frame.write(body, PREFIX_BYTES + headerBytes);
  else frame.set(body, PREFIX_BYTES + headerBytes);
  return frame;
}

/** Cuts frames out of the chunks in which they arrive. */
export class FrameReader {
  readonly #onFrame: (frame: Frame) => void;
  #chunks: Buffer[] = [];
  #size = 0;
  /** Bytes that must be there before it is worth looking again. */
  #needed = PREFIX_BYTES;

  constructor(onFrame: (frame: Frame) => void) {
    this.#onFrame = onFrame;
  }

  read(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#size < this.#needed) return;
    let rest = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    this.#needed = PREFIX_BYTES;
    while (rest.length >= PREFIX_BYTES) {
      const headerEnd = PREFIX_BYTES + rest.readUInt32LE(1);
      const end = headerEnd + rest.readUInt32LE(5);
      if (rest.length < end) {
        this.#needed = end;
        break;
      }
      const header = rest.toString("utf8", PREFIX_BYTES, headerEnd);
      this.#onFrame({ kind: rest[0] as number, header, body: rest.subarray(headerEnd, end) });
      rest = rest.subarray(end);
    }
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#size = rest.length;
  }
}
