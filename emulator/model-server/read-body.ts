import type { IncomingMessage } from "node:http";
import { badInput, tooLarge, unsupportedMediaType } from "./refusal.ts";

/** Reads a body whole: a body parser's many checks would cost as much as the prediction. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const { "content-encoding": encoding, "content-length": announced } = request.headers;
  if (encoding !== undefined && encoding !== "identity") {
    throw unsupportedMediaType(`content-encoding ${encoding}`);
  }
  if (Number(announced) > maxBytes) throw tooLarge(maxBytes);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBytes) {
        request.pause();
        reject(tooLarge(maxBytes));
      } else chunks.push(chunk);
    });
    request.on("end", () => {
      const [only] = chunks;
      resolve(only && chunks.length === 1 ? only : Buffer.concat(chunks));
    });
    request.on("error", reject);
    request.on("close", () => reject(badInput("the request ended early")));
  });
}
