import type { Events, TankEvent } from "../core/events.ts";

const KEPT = 5;

/** The tank's last warnings and failed invocations: what to tell a test that waited for nothing. */
export class Troubles implements Disposable {
  readonly #listening: Disposable;
  #latest: string[] = [];

  constructor(events: Events) {
    this.#listening = events.on((event) => this.#keep(event));
  }

  /** A line each, the newest last. */
  get latest(): readonly string[] {
    return this.#latest;
  }

  clear(): void {
    this.#latest = [];
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
  }

  #keep(event: TankEvent): void {
    const text = textOf(event);
    // A batch that is tried again and again says the same each time.
    if (text && text !== this.#latest.at(-1)) this.#latest = [...this.#latest, text].slice(-KEPT);
  }
}

function textOf(event: TankEvent): string | undefined {
  if (event.type === "warning") return event.message;
  if (event.type !== "invocation" || event.outcome === "ok") return undefined;
  return `${event.functionName} failed: ${event.detail}`;
}
