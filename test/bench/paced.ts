import type { RawClient } from "./load.ts";

/** What came of requests that were sent at a set rate, whatever became of those before. */
export interface Paced {
  readonly requests: number;
  readonly succeeded: number;
  /** From when a request was due to its whole answer. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/**
 * Sends requests at `rate` a second for `seconds`. A request that finds no connection free waits for one, and its
 * wait counts.
 */
export async function pace(
  client: RawClient,
  request: Buffer,
  { rate, seconds, connections }: { rate: number; seconds: number; connections: number },
): Promise<Paced> {
  const total = Math.round(rate * seconds);
  const latencies: number[] = [];
  const startedAt = performance.now();
  const dueAt = (index: number) => startedAt + (index * 1000) / rate;
  let next = 0;
  const caller = async () => {
    for (;;) {
      const index = next;
      if (index >= total) return;
      next += 1;
      const waitMs = dueAt(index) - performance.now();
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      const isAnswered = await client.send(request).then(
        () => true,
        () => false,
      );
      if (isAnswered) latencies.push(performance.now() - dueAt(index));
    }
  };
  await Promise.all(Array.from({ length: connections }, caller));
  latencies.sort((a, b) => a - b);
  const quantile = (part: number) => latencies[Math.floor(latencies.length * part)] ?? 0;
  return {
    requests: total,
    succeeded: latencies.length,
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
    maxMs: latencies.at(-1) ?? 0,
  };
}
