import type { StaticOperationSchema } from "@smithy/types";
import type { Base64 } from "./base64.ts";
import type { Clock } from "./clock.ts";
import type { Limits } from "./limits.ts";
import type { RequestHead, Route, WireRequest, WireResponse } from "./wire.ts";

/** Whose resources a call is about. */
export interface Scope {
  readonly accountId: string;
  readonly region: string;
}

/** What an operation knows of the call besides its input. */
export interface Call extends Scope {
  /** The access key that signed the request; any is accepted. */
  readonly caller: string;
  readonly requestId: string;
  readonly clock: Clock;
  /** Aborts when the client goes away or the tank stops; made when first asked for. */
  signal(): AbortSignal;
}

/** How a service's requests and answers travel, as AWS names the protocols. */
export type ProtocolName =
  | "aws-json-1.1"
  | "aws-json-1.0"
  | "rpc-v2-cbor"
  | "aws-query"
  | "rest-json"
  | "rest-xml";

/** How clients of the Query protocol tell a service, and what its answers are marked with. */
export interface QueryBinding {
  /** The `Version` that requests name. */
  readonly version: string;
  readonly signingName: string;
  readonly xmlNamespace: string;
  /** Paths besides `/` that requests come to, with the input's members that they say as named groups. */
  readonly resourcePath?: RegExp;
}

/** One emulated AWS service. A folder under emulator/services; the edge knows nothing else about it. */
export interface Service {
  /** Folder name, config key and log label: "kinesis". */
  readonly name: string;
  readonly protocol: ProtocolName;
  /** Whether clients reach it by Smithy RPC v2 CBOR too, under `/service/<target>/operation/…`. */
  readonly speaksRpcCbor?: boolean;
  /** Present when clients reach it by the Query protocol too. */
  readonly query?: QueryBinding;
  /** The X-Amz-Target prefix ("Kinesis_20131202") or, for REST services, the SigV4 signing name. */
  readonly target: string;
  /** Keyed by AWS's own operation name. */
  // biome-ignore lint/suspicious/noExplicitAny: operations of one service differ in input and output
  readonly operations: Readonly<Record<string, Operation<any, any, any>>>;
  readonly engine: Engine;
  /** The name AWS gives to a broken constraint; `ValidationException` when absent. */
  readonly validationCode?: string;
  /** The largest request body, in bytes. */
  readonly maxBodyBytes: number;
  /** The SDK's whole package, to name operations that AWS has and the tank has not. */
  readonly model: () => Promise<Readonly<Record<string, unknown>>>;
  /** For a service whose published routes are ambiguous (S3); others are routed by their schemas. */
  route?(request: RequestHead): Route | undefined;
  /** Who answers for the operations that are not here. */
  readonly remote?: Remote;
  /**
   * Answers what is no operation of the API: web pages, and browsers' questions before a request. Asked before
   * any route is looked for.
   */
  serve?(
    request: WireRequest,
    from: { readonly isForeign: boolean },
  ): WireResponse | Promise<WireResponse> | undefined;
  /** For services that pages of other origins may call. */
  readonly cors?: CrossOrigin;
  /** Undoes transfer encodings of the service's own before the input is read (S3's aws-chunked). */
  prepare?(request: WireRequest, now: number): Pick<WireRequest, "headers" | "body">;
}

/** What pages may do with a service: told by what the user has configured, and nothing without. */
export interface CrossOrigin {
  /** Whether a page from outside this machine may send the request, which has an Origin. */
  admitsForeign(head: RequestHead): boolean;
  /** The headers that let a page see the answer, wherever the page is from. */
  headersOf(head: RequestHead): Readonly<Record<string, string>> | undefined;
}

/** Another place that has a service: LocalStack, or AWS. */
export interface Remote {
  /** "localstack" or "aws". */
  readonly name: string;
  /** Passes a request on as it came, and its answer back. */
  forward(
    request: WireRequest,
    signed: { readonly region: string },
    now: number,
  ): Promise<WireResponse>;
  /** Calls an operation by AWS's name, through the SDK. */
  call<Out>(operationName: string, input: object, scope: Scope): Promise<Out>;
  close(): Promise<void>;
}

/** A service's state and its background work. Protocol-free: an engine never sees an HTTP request. */
export interface Engine {
  start?(): Promise<void>;
  /** Finishes in-flight work and releases every timer, socket, process and file. Idempotent. */
  stop?(): Promise<void>;
  /** Forgets every resource, as if just started. */
  reset(): void | Promise<void>;
  /** What it holds, for status and console. */
  describe?(): readonly ResourceSummary[];
}

export interface ResourceSummary {
  /** In the singular: "stream", "function". */
  readonly type: string;
  readonly name: string;
  /** As AWS spells it: "ACTIVE", "InService"; empty for what has no state. */
  readonly state: string;
}

/** One AWS API operation. */
export interface Operation<E extends Engine, In, Out> {
  /** Member names, types and HTTP bindings, as published in the AWS SDK. Never written by hand. */
  readonly schema: StaticOperationSchema;
  /** What the schema does not say: lengths, ranges, patterns. */
  readonly limits?: Limits<In>;
  /** A decoder and encoder of a hot operation's JSON, proven equal to the schema's by a test. */
  readonly hotPath?: HotPath<In, Out>;
  handle(engine: E, input: Checked<In>, call: Call): Out | Promise<Out>;
  /** The fact that the request log shows, e.g. "ride_events · 25 records". */
  summarize?(input: Checked<In>, output: Out): string;
}

/** Reads and writes one operation's JSON bodies faster than the schema-driven codec. */
export interface HotPath<In, Out> {
  /**
   * An input that is known to keep every constraint, or `undefined` to hand the body to the
   * schema-driven codec and its checks, which know every odd case and word every error.
   */
  decode?(body: Buffer): Checked<In> | undefined;
  encode?(output: Out): string;
}

/** Declares an operation, with its types checked against each other. */
export function operation<E extends Engine, In, Out>(
  declared: Operation<E, In, Out>,
): Operation<E, In, Out> {
  return declared;
}

/** `T` with the members `K` required: members that AWS requires though the schema does not say so. */
export type Needs<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: Exclude<T[P], undefined> };

type Atom = string | number | bigint | boolean | Date | Uint8Array | Base64 | undefined | null;

/** An input after its checks: what the SDK types `X | undefined` because a caller may forget it is there. */
export type Checked<T> = T extends Atom
  ? T
  : T extends readonly (infer Item)[]
    ? Checked<Item>[]
    : T extends object
      ? {
          [K in keyof T]: Record<string, never> extends Pick<T, K>
            ? Checked<T[K]>
            : Checked<Exclude<T[K], undefined>>;
        }
      : T;
