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
  /** What the members above have lost; absent for a request that did not come over the wire. */
  readonly raw?: () => RawRequest;
}

/** A request's details that only those need who tell a function of it exactly. */
export interface RawRequest {
  /** The query, without its question mark, as it was written. */
  readonly search: string;
  /** Names and values in turn, in their order, case and number. */
  readonly headers: readonly string[];
  readonly sourceIp: string;
}

/** What is known of a request before its body has come. */
export type RequestHead = Omit<WireRequest, "body" | "signal">;

export interface WireResponse {
  readonly status: number;
  /** Of this answer alone: the edge adds to them. */
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array;
  /** One `set-cookie` header each: the only header that cannot be joined. */
  readonly cookies?: readonly string[];
}

/** Which operation a REST request names, and what its path and host say. */
export interface Route {
  /** AWS's operation name, whether the tank has it or not. */
  readonly operation: string;
  readonly labels: Readonly<Record<string, string | undefined>>;
}
