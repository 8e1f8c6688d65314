import type { Clock } from "../../core/clock.ts";
import type { Queue, Received } from "./model/queue.ts";

/**
 * Receives as soon as there is something to receive, or nothing once the time is up.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html
 */
export async function waitForMessages(
  queue: Queue,
  options: {
    clock: Clock;
    /** Epoch ms. */
    until: number;
    signal: AbortSignal;
    receive: () => Received[];
    exists: () => boolean;
  },
): Promise<Received[]> {
  const { clock, until, signal, receive, exists } = options;
  while (!signal.aborted && exists()) {
    const received = receive();
    if (received.length > 0 || clock.now() >= until) return received;
    const wakeAt = Math.min(until, queue.nextVisibleAt(clock.now()));
    await changeOrTime(queue, { clock, ms: wakeAt - clock.now(), signal });
  }
  return [];
}

function changeOrTime(
  queue: Queue,
  { clock, ms, signal }: { clock: Clock; ms: number; signal: AbortSignal },
): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      timer[Symbol.dispose]();
      change[Symbol.dispose]();
      signal.removeEventListener("abort", wake);
      resolve();
    };
    const timer = clock.after(ms, wake);
    const change = queue.onChange(wake);
    signal.addEventListener("abort", wake, { once: true });
  });
}
