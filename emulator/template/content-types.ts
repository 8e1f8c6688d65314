import { extname } from "node:path";

/** What browsers need to be told of a website's files; as `aws s3 cp` guesses it. */
const BY_ENDING: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".csv": "text/csv",
  ".gif": "image/gif",
  ".htm": "text/html",
  ".html": "text/html",
  ".ico": "image/vnd.microsoft.icon",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain",
  ".wasm": "application/wasm",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
};

/** The type of a file by its name's ending; `undefined` leaves it to S3. */
export function contentTypeOf(name: string): string | undefined {
  return BY_ENDING[extname(name).toLowerCase()];
}
