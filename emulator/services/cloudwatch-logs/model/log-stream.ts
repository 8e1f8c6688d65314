import { KEPT_EVENTS } from "../limits.ts";

export interface StoredEvent {
  /** Epoch ms, as its writer says. */
  readonly at: number;
  readonly ingestedAt: number;
  readonly message: string;
  /** The order of arrival in its group, for events of one moment. */
  readonly sequence: number;
}

/** Where a reader is between two events. */
export type Place = Pick<StoredEvent, "at" | "sequence">;

/** A stream of events in the order of their times. */
export class LogStream {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  #events: StoredEvent[] = [];

  constructor({ name, arn, createdAt }: { name: string; arn: string; createdAt: number }) {
    this.name = name;
    this.arn = arn;
    this.createdAt = createdAt;
  }

  get first(): StoredEvent | undefined {
    return this.#events[0];
  }

  get last(): StoredEvent | undefined {
    return this.#events.at(-1);
  }

  add(event: StoredEvent): void {
    const last = this.last;
    if (!last || last.at <= event.at) this.#events.push(event);
    else this.#events.splice(this.#firstAfter(event.at), 0, event);
    // Cut seldom and by half, so that adding stays cheap.
    if (this.#events.length >= 2 * KEPT_EVENTS) this.#events = this.#events.slice(-KEPT_EVENTS);
  }

  /** Events from `start` to before `end`, oldest first. */
  between(start: number, end: number): readonly StoredEvent[] {
    return this.#events.slice(this.#firstAfter(start - 1), this.#firstAfter(end - 1));
  }

  trim(before: number): void {
    const index = this.#firstAfter(before - 1);
    if (index > 0) this.#events.splice(0, index);
  }

  #firstAfter(at: number): number {
    let low = 0;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#events[middle] as StoredEvent).at <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Negative when `a` comes before `b`. */
export function compare(a: Place, b: Place): number {
  return a.at - b.at || a.sequence - b.sequence;
}
