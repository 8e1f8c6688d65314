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
  /** The container's multi-model API; absent where it serves the one model of its folder. */
  readonly models?: MultiModelContainer | undefined;
  /** What the model's instance has used since this was last asked; absent where nobody can tell. */
  usage?(): InstanceUsage;
  /** Lets invocations under way end. Idempotent. */
  stop(): Promise<void>;
}

/**
 * How models are loaded, asked and unloaded one by one. Answers are the container's, whatever their status.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/mms-container-apis.html
 */
export interface MultiModelContainer {
  /** 200, or 507 when there is no room. */
  load(name: string, folder: string): Promise<ModelAnswer>;
  /** Answers once its memory is free. */
  unload(name: string): Promise<ModelAnswer>;
  invoke(name: string, request: ModelRequest): Promise<ModelAnswer>;
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
  /** Which of a multi-model container's models is asked: the rest of its key. */
  readonly targetModel?: string | undefined;
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
