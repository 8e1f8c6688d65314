import type { Clock } from "../core/clock.ts";

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

/** Waits for a function as long as a gateway does; it runs on after that, as it does on AWS. */
export function within<T>(
  clock: Clock,
  timeoutMs: number,
  running: Promise<T>,
): Promise<T | "timeout"> {
  return new Promise((resolve, reject) => {
    const timer = clock.after(timeoutMs, () => resolve("timeout"));
    const inTime = (settle: () => void) => {
      timer[Symbol.dispose]();
      settle();
    };
    running.then(
      (result) => inTime(() => resolve(result)),
      (reason) => inTime(() => reject(reason)),
    );
  });
}
