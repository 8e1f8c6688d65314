import { Agent, request } from "node:http";
import type { HttpCall } from "./scenario.ts";

/** So many requests at once, as the originals' own load tests made them. */
export interface Burst {
  readonly requests: number;
  readonly succeeded: number;
  /** From the first request to the last answer, ms. */
  readonly tookMs: number;
  /** By status, or by the error's code. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Milliseconds, sorted. */
  readonly latencies: readonly number[];
}

/** Connections that a client can have open at the same time; the other requests wait for one. */
const CONNECTIONS = 256;

export async function burst(url: string, call: HttpCall, requests: number): Promise<Burst> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const from = performance.now();
  const answers = await Promise.all(
    Array.from({ length: requests }, async () => {
      const sentAt = performance.now();
      const outcome = await send(new URL(call.path, url), call, agent).catch(
        (error: NodeJS.ErrnoException) => error.code ?? error.message,
      );
      return { outcome, ms: performance.now() - sentAt };
    }),
  );
  const tookMs = performance.now() - from;
  agent.destroy();
  const outcomes: Record<string, number> = {};
  for (const { outcome } of answers) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  return {
    requests,
    succeeded: answers.filter(({ outcome }) => outcome.startsWith("2")).length,
    tookMs,
    outcomes,
    latencies: answers.map(({ ms }) => ms).sort((a, b) => a - b),
  };
}

/** Resolves with the status; a function that failed counts as its error. */
function send(url: URL, { method, headers, body }: HttpCall, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method, agent, headers: { ...headers, "content-length": Buffer.byteLength(body) } },
      (response) => {
        response.resume().on("end", () => {
          const failed = response.headers["x-amz-function-error"];
          resolve(failed ? String(failed) : String(response.statusCode));
        });
        response.on("error", reject);
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}
