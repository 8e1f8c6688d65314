import type { LambdaFunction } from "../model/function.ts";
import { timeoutText } from "../model/function-error.ts";
import type { InvokeResult } from "./invoker.ts";

// https://github.com/aws/aws-lambda-runtime-interface-emulator

/** An answer in the manner of the Runtime Interface Emulator. */
export interface RieAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array | string;
}

/** The emulator names no type, and Go, in which it is written, takes JSON for text. */
const CONTENT_TYPE = "text/plain; charset=utf-8";

/** Errors look like results, a timeout is plain text, and only a dead runtime is no success. */
export function rieAnswer({ result, payload }: InvokeResult, fn: LambdaFunction): RieAnswer {
  if (result === "timeout") {
    const body = timeoutText(fn.settings.timeoutSeconds * 1000);
    return { status: 200, contentType: CONTENT_TYPE, body };
  }
  const status = result === "exit" || result === "init" ? 502 : 200;
  return { status, contentType: CONTENT_TYPE, body: payload };
}
