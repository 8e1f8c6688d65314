/** Something with a beginning and an end. */
export interface Startable {
  start?(): Promise<void>;
  stop?(): Promise<void>;
}

/**
 * Starts parts in order and stops them in reverse. A part is remembered before it starts, so that a stop
 * in the middle of a start still reaches it; one part's failure to stop does not keep the others going.
 */
export class Lifecycle {
  readonly #started: Startable[] = [];
  #stopping: Promise<void> | undefined;

  async start(part: Startable): Promise<void> {
    if (this.#stopping) throw new Error("stopped while starting");
    this.#started.push(part);
    await part.start?.();
  }

  /** Idempotent: a second call waits for the first. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #stopAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const part of this.#started.reverse()) {
      try {
        await part.stop?.();
      } catch (failure) {
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, "some parts did not stop cleanly");
  }
}
