/** Runs model containers, or what stands in for them. */
export interface ModelHost {
  /** Resolves once the model answers; rejects with what a container's log would say. */
  start(options: StartOptions): Promise<RunningModel>;
}

export interface StartOptions {
  readonly endpointName: string;
  readonly variantName: string;
  readonly image: string | undefined;
  /** What a container sees as /opt/ml/model; removed after the model has stopped. */
  readonly modelFolder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Takes what the container writes. */
  readonly log: (message: string) => void;
  /** Aborts when the endpoint is no longer wanted. */
  readonly signal: AbortSignal;
}

export interface RunningModel {
  /** Passes a body to the container's /invocations. Rejects when the container cannot be reached. */
  invoke(request: ModelRequest): Promise<ModelAnswer>;
  /** What the model's instance has used since this was last asked; absent where nobody can tell. */
  usage?(): InstanceUsage;
  /** Lets invocations under way end. Idempotent. */
  stop(): Promise<void>;
}

/** What an instance uses, in AWS's terms. */
export interface InstanceUsage {
  /** 100 for each core. */
  readonly cpuPercent: number;
  readonly memoryPercent: number;
  readonly diskPercent: number;
}

export interface ModelRequest {
  readonly contentType: string | undefined;
  readonly accept: string | undefined;
  readonly customAttributes: string | undefined;
  /** The caller's name for the request, for what is captured of it. */
  readonly inferenceId?: string | undefined;
  readonly body: Uint8Array;
}

export interface ModelAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  /** Only when the container set them on its answer. */
  readonly customAttributes?: string | undefined;
  readonly body: string | Uint8Array;
}
