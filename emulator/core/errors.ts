/**
 * An error that the caller should see on the wire. Anything else thrown while a request is served is
 * our bug and becomes a 500. Services throw the named factories of their `errors.ts`, one per fact.
 */
export class AwsError extends Error {
  override readonly name = "AwsError";
  /** AWS's error name, e.g. `ResourceNotFoundException`. A string, since bundlers rename classes. */
  readonly code: string;
  /** HTTP status; when absent, the status of the modelled error with this name, else 400. */
  readonly status: number | undefined;
  /** Further members of the error's shape, e.g. `OriginalStatusCode` of a SageMaker `ModelError`. */
  readonly members: Readonly<Record<string, unknown>>;
  /** Headers of the answer, e.g. `Retry-After`. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: string,
    message: string,
    options: {
      status?: number;
      members?: Record<string, unknown>;
      headers?: Record<string, string>;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.status = options.status;
    this.members = options.members ?? {};
    this.headers = options.headers ?? {};
  }
}

/** Stable codes of errors meant for the person at the keyboard; the CLI maps them to exit codes. */
export type WavetankErrorCode =
  | "ERR_TEMPLATE"
  | "ERR_DEPLOY"
  | "ERR_PORT_IN_USE"
  | "ERR_NOT_RUNNING"
  | "ERR_USAGE"
  | "ERR_INVOKE"
  | "ERR_TIMEOUT"
  | "ERR_ARCHIVE"
  | "ERR_MODEL"
  | "ERR_REQUEST"
  | "ERR_BACKEND";

/** An error for our user: a template, configuration or CLI fault. Always says what to do next. */
export class WavetankError extends Error {
  override readonly name = "WavetankError";
  readonly code: WavetankErrorCode;
  /** What to do about it, as one or two sentences. */
  readonly hint: string;

  constructor(
    code: WavetankErrorCode,
    message: string,
    options: { hint: string; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}

/** The text of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
