import { setTimeout } from "node:timers/promises";
import { ManualClock } from "../../emulator/core/clock.ts";
import { Wavetank, type WavetankOptions } from "../../emulator/wavetank.ts";

/** What an SDK client is made with. */
export interface ClientConfig {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  maxAttempts: number;
}

/** What has connections to give back. */
export interface Closable {
  destroy(): void;
}

/** A tank of a test's own on a free port, with real SDK clients that point at it. */
export class TestTank extends Wavetank {
  readonly #clients: Closable[] = [];

  /** A client that does not retry, so that a test sees the first answer. */
  client<T extends Closable>(
    Client: new (config: ClientConfig) => T,
    config: Partial<ClientConfig> = {},
  ): T {
    const client = new Client({
      endpoint: this.url,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
      ...config,
    });
    this.#clients.push(client);
    return client;
  }

  /** The clock of a tank that was started with one. */
  get manualClock(): ManualClock {
    if (!(this.clock instanceof ManualClock)) throw new Error("this tank runs in real time");
    return this.clock;
  }

  override async stop(): Promise<void> {
    for (const client of this.#clients) client.destroy();
    await super.stop();
  }
}

export async function startTank(options: WavetankOptions = {}): Promise<TestTank> {
  const tank = new TestTank(options);
  await tank.start();
  return tank;
}

/**
 * Waits until `condition` gives a value: the real-time alternative to sleeping. Asks again after a tenth of the time
 * that it has waited, 100 ms at most, so that what is waited for has the processor.
 */
export async function until<T>(
  condition: () => T | undefined | false | Promise<T | undefined | false>,
  { timeoutMs = 10_000 }: { timeoutMs?: number } = {},
): Promise<T> {
  const start = Date.now();
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    const waited = Date.now() - start;
    if (waited > timeoutMs) throw new Error(`still not true after ${timeoutMs} ms: ${condition}`);
    await setTimeout(Math.min(waited / 10, 100));
  }
}
