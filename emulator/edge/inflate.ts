import { gunzipSync } from "node:zlib";
import { AwsError } from "../core/errors.ts";
import type { WireRequest } from "../core/wire.ts";
import type { CredentialScope } from "./sigv4.ts";

/** Bounds what a small body may blow up to; each service bounds its own further. */
const MAX_INFLATED_BYTES = 32 * 1024 * 1024;

/**
 * A request as it was before its client compressed the body, as SDKs compress large PutMetricData requests;
 * `undefined` when it travels as it is. The encoding of an S3 object is the object's own.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-compression.html
 */
export function inflated(request: WireRequest, signed: CredentialScope): WireRequest | undefined {
  const { headers, method, path, body } = request;
  if (headers["content-encoding"] === undefined) return undefined;
  const isRpc = path === "/" || headers["smithy-protocol"] !== undefined;
  if (method !== "POST" || !isRpc || signed.service === "s3") return undefined;
  if (headers["content-encoding"] !== "gzip") return undefined;
  try {
    const plain = gunzipSync(body, { maxOutputLength: MAX_INFLATED_BYTES });
    const { "content-encoding": _, ...kept } = headers;
    const length = { "content-length": String(plain.length) };
    return { ...request, headers: { ...kept, ...length }, body: plain };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") {
      const message = `Request exceeds ${MAX_INFLATED_BYTES} bytes once decompressed`;
      throw new AwsError("RequestEntityTooLargeException", message, { status: 413, cause });
    }
    throw new AwsError("SerializationException", "The request body is not gzip", { cause });
  }
}
