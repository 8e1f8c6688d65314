import { incompleteBody, malformedTrailer } from "../errors.ts";

/** A body without its chunk framing, and the headers that came after it. */
export interface Dechunked {
  readonly body: Buffer;
  /** By lower-case name. */
  readonly trailers: Readonly<Record<string, string>>;
}

/** Signed uploads end with it; it is no header of the request. */
const TRAILER_SIGNATURE = "x-amz-trailer-signature";

/**
 * Takes the `aws-chunked` framing off a streamed upload, signed or not: `<hex size>[;chunk-signature=…]`,
 * the bytes, and so on until a chunk of size 0, then trailing headers. Signatures are not verified.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 *
 * @param declared the trailers that the request's headers announce, in lower case: these and no others
 * must come
 */
export function decodeAwsChunked(
  framed: Buffer,
  { declared = [] }: { declared?: readonly string[] } = {},
): Dechunked {
  const chunks: Buffer[] = [];
  let position = 0;
  for (;;) {
    const end = framed.indexOf("\r\n", position, "latin1");
    if (end < 0) throw incompleteBody();
    const size = chunkSize(framed.toString("latin1", position, end));
    position = end + 2;
    if (size === 0) break;
    if (position + size + 2 > framed.length) throw incompleteBody();
    chunks.push(framed.subarray(position, position + size));
    position += size;
    if (framed[position] !== CR || framed[position + 1] !== LF) throw incompleteBody();
    position += 2;
  }
  const trailers = readTrailers(framed.toString("latin1", position));
  const names = Object.keys(trailers);
  if (names.length !== declared.length || declared.some((name) => !(name in trailers))) {
    throw malformedTrailer();
  }
  const body = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
  return { body, trailers };
}

const CR = 13;
const LF = 10;

function chunkSize(line: string): number {
  const [hex = ""] = line.split(";", 1);
  if (!/^[0-9a-fA-F]{1,8}$/.test(hex)) throw incompleteBody();
  return Number.parseInt(hex, 16);
}

/** Some clients end these lines by a bare line feed, and some leave out the last empty line. */
function readTrailers(text: string): Record<string, string> {
  const trailers: Record<string, string> = {};
  for (const line of text.split("\n").map((each) => each.trim())) {
    if (line === "") continue;
    const colon = line.indexOf(":");
    if (colon <= 0) throw malformedTrailer();
    const name = line.slice(0, colon).toLowerCase();
    if (name !== TRAILER_SIGNATURE) trailers[name] = line.slice(colon + 1).trim();
  }
  return trailers;
}
