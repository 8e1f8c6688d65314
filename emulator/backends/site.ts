import type { Clock } from "../core/clock.ts";
import type { WireRequest, WireResponse } from "../core/wire.ts";

/** A place that answers AWS's API: LocalStack, or AWS. */
export interface Site {
  readonly name: "localstack" | "aws";
  /** Passes a request on, and its answer back. */
  forward(request: WireRequest, signed: SignedFor): Promise<WireResponse>;
  /** What the tank's own SDK clients need to talk to it. */
  clientConfig(region: string): ClientConfig;
  /** Resolves once it can be asked; rejects with what to do. */
  ready(options: { readonly clock: Clock; readonly onWait: () => void }): Promise<void>;
  close(): void;
}

/** What a request's signature says it is for. */
export interface SignedFor {
  readonly region: string;
  /** The signing name: "kinesis", "sagemaker", "s3"…; empty when the request is not signed. */
  readonly service: string;
}

export interface ClientConfig {
  readonly region: string;
  readonly endpoint?: string;
  readonly maxAttempts?: number;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}
