/** A request as it came in: headers in lower case, the path still percent-encoded, the body whole. */
export interface WireRequest {
  readonly method: string;
  /** Without the query; still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Aborts when the client goes away; made when first asked for. */
  signal(): AbortSignal;
}

/** What is known of a request before its body has come. */
export type RequestHead = Omit<WireRequest, "body" | "signal">;

export interface WireResponse {
  readonly status: number;
  /** Of this answer alone: the edge adds to them. */
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array;
}

/** Which operation a REST request names, and what its path and host say. */
export interface Route {
  /** AWS's operation name, whether the tank has it or not. */
  readonly operation: string;
  readonly labels: Readonly<Record<string, string | undefined>>;
}
