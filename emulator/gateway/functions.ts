/** Who runs the functions behind APIs: the embedded engine, or another place. */
export interface Functions {
  /** Rejects when the function did not run: it is throttled, or not there. */
  invoke(functionArn: string, payload: string): Promise<FunctionResult>;
}

export interface FunctionResult {
  /** JSON. */
  readonly payload: string;
  readonly functionError?: string | undefined;
}
