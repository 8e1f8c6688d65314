import { incompleteBody } from "../errors.ts";

/** A body without its chunk framing, and the headers that came after it. */
export interface Dechunked {
  readonly body: Buffer;
  /** By lower-case name. */
  readonly trailers: Readonly<Record<string, string>>;
}

/**
 * Takes the `aws-chunked` framing off a streamed upload, signed or not: `<hex size>[;chunk-signature=…]`,
 * the bytes, and so on until a chunk of size 0, then trailing headers. Signatures are not verified.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export function decodeAwsChunked(framed: Buffer): Dechunked {
  const chunks: Buffer[] = [];
  let position = 0;
  for (;;) {
    const line = readLine(framed, position);
    const size = chunkSize(line.text);
    position = line.next;
    if (size === 0) break;
    if (position + size + 2 > framed.length) throw incompleteBody();
    chunks.push(framed.subarray(position, position + size));
    position += size;
    if (framed[position] !== CR || framed[position + 1] !== LF) throw incompleteBody();
    position += 2;
  }
  const body = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
  return { body, trailers: readTrailers(framed, position) };
}

const CR = 13;
const LF = 10;

function chunkSize(line: string): number {
  const [hex = ""] = line.split(";", 1);
  if (!/^[0-9a-fA-F]{1,8}$/.test(hex)) throw incompleteBody();
  return Number.parseInt(hex, 16);
}

function readTrailers(framed: Buffer, from: number): Record<string, string> {
  const trailers: Record<string, string> = {};
  let position = from;
  while (position < framed.length) {
    const { text, next } = readLine(framed, position);
    if (text === "") break;
    const colon = text.indexOf(":");
    if (colon < 0) throw incompleteBody();
    trailers[text.slice(0, colon).toLowerCase()] = text.slice(colon + 1).trim();
    position = next;
  }
  return trailers;
}

function readLine(framed: Buffer, from: number): { text: string; next: number } {
  const end = framed.indexOf("\r\n", from, "latin1");
  if (end < 0) throw incompleteBody();
  return { text: framed.toString("latin1", from, end), next: end + 2 };
}
