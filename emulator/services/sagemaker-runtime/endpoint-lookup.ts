import type { Scope } from "../../core/service.ts";

/** Finds what the control plane has created. */
export interface EndpointLookup {
  /** The endpoint of exactly this name. */
  find(name: string, scope: Scope): InvokableEndpoint | undefined;
}

export interface InvokableEndpoint {
  /** Invocations are taken while InService, and by the old fleet while Updating. */
  readonly status: string;
  /** Where answers go, if the endpoint answers later. */
  readonly asynchronous?: AsyncSettings | undefined;
  /** Of all its variants; 1 when absent. */
  readonly instanceCount?: number;
  /** The variant that takes the next invocation, or the one asked for by name. */
  choose(targetVariant?: string): InvokableVariant | undefined;
}

/** How an asynchronous endpoint answers. Places are `s3://bucket/prefix`. */
export interface AsyncSettings {
  readonly outputPath: string;
  readonly failurePath: string | undefined;
  /** Requests that one instance works on at a time; the service decides when absent. */
  readonly maxConcurrent: number | undefined;
}

export interface InvokableVariant {
  readonly name: string;
  /** Instances that share its invocations; 1 when absent. */
  readonly instanceCount?: number;
  /** Whether each invocation names its model. */
  readonly isMultiModel?: boolean;
  /** What an invocation that came too early is told, while the model that it names is being loaded. */
  notReady?(targetModel: string): Error | undefined;
  /** Writes to the log of the model's container, where there is one. */
  log?(message: string): void;
  /** Rejects when the model's container cannot be reached. */
  invoke(request: ModelRequest): Promise<ModelAnswer>;
}

/** What a container is sent: absent headers stay absent. */
export interface ModelRequest {
  readonly contentType: string | undefined;
  readonly accept: string | undefined;
  readonly customAttributes: string | undefined;
  readonly inferenceId?: string | undefined;
  /** The model of a multi-model container that is asked. */
  readonly targetModel?: string | undefined;
  readonly body: Uint8Array;
}

export interface ModelAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly customAttributes?: string | undefined;
  readonly body: string | Uint8Array;
}
