import type { Load } from "./drive.ts";
import type { PlayApi } from "./play.ts";
import type { InvokedSamples } from "./samples.ts";

/** Invokes a function with one record after the other, without waiting for the answers. */
export class InvokedLoad implements Load {
  sent = 0;
  failed = 0;
  readonly latencies: number[] = [];
  readonly #api: PlayApi;
  readonly #functionName: string;
  readonly #records: Iterator<object>;

  constructor(
    api: PlayApi,
    { samples, records }: { samples: InvokedSamples; records: Iterator<object> },
  ) {
    this.#api = api;
    this.#functionName = samples.invoke.function;
    this.#records = records;
  }

  async send(count: number): Promise<void> {
    for (let sent = 0; sent < count; sent += 1) {
      this.sent += 1;
      void this.#invoke(Buffer.from(JSON.stringify(this.#records.next().value)));
    }
  }

  async collect(): Promise<void> {}

  async #invoke(Payload: Buffer): Promise<void> {
    const { clock } = this.#api;
    const startedAt = clock.now();
    const input = { FunctionName: this.#functionName, Payload };
    try {
      const answer = await this.#api.call<{ FunctionError?: string }>("lambda", "Invoke", input);
      if (answer.FunctionError === undefined) this.latencies.push(clock.now() - startedAt);
      else this.failed += 1;
    } catch {
      // Throttled, or gone.
      this.failed += 1;
    }
  }
}
