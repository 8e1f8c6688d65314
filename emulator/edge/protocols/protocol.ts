import type { AwsError } from "../../core/errors.ts";
import type { Operation, ProtocolName, Service } from "../../core/service.ts";
import type { WireRequest, WireResponse } from "../../core/wire.ts";
import type { ModelledError } from "../modelled-error.ts";

// biome-ignore lint/suspicious/noExplicitAny: a protocol serves every operation alike
export type AnyOperation = Operation<any, any, any>;

/** What a request turned out to be about. */
export interface Target {
  readonly service: Service;
  /** The one of the service's protocols that the request is in. */
  readonly protocol: ProtocolName;
  /** AWS's operation name, whether the tank has the operation or not. */
  readonly operationName: string;
  readonly operation: AnyOperation | undefined;
  /** What the path (and for S3 the host) says: `{ FunctionName: "score" }`. */
  readonly labels: Readonly<Record<string, string | undefined>>;
}

/** How inputs are read from requests and outputs and errors written to answers. */
export interface Protocol {
  /** Reads by the operation's hot path, if it has one: an input that needs no further check. */
  readChecked?(operation: AnyOperation, request: WireRequest): unknown;
  readInput(operation: AnyOperation, request: WireRequest, labels: Target["labels"]): unknown;
  writeOutput(operation: AnyOperation, output: unknown, reply: Reply): WireResponse;
  writeError(error: AwsError & { status: number }, context: ErrorContext): WireResponse;
  /** Whether an error's status and members depend on AWS's model of it. */
  readonly errorsFollowModel: boolean;
  /** The header that carries the request id. */
  readonly requestIdHeader: string;
}

/** What an answer tells of its request. */
export interface Reply {
  readonly request: WireRequest;
  readonly requestId: string;
  readonly target?: Target;
}

export interface ErrorContext extends Pick<Reply, "requestId" | "target"> {
  readonly request: Pick<WireRequest, "headers">;
  /** AWS's model of the error, where the protocol follows it. */
  readonly modelled: ModelledError | undefined;
}
