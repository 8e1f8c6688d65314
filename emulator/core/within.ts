import type { Clock } from "./clock.ts";

/** What `work` comes to, or "timeout" after `ms`; work that is late goes on, and nobody hears of it. */
export function within<T>(clock: Clock, ms: number, work: Promise<T>): Promise<T | "timeout"> {
  return new Promise((resolve, reject) => {
    const timer = clock.after(ms, () => resolve("timeout"));
    const inTime = (settle: () => void) => {
      timer[Symbol.dispose]();
      settle();
    };
    work.then(
      (result) => inTime(() => resolve(result)),
      (reason) => inTime(() => reject(reason)),
    );
  });
}
