/** What happened in the tank, for the request log, the console and tests. Times are epoch ms. */
export type TankEvent =
  | RequestServed
  | FunctionInvoked
  | FunctionPrinted
  | ResourceChanged
  | Warning;

/** One API request was answered. */
export interface RequestServed {
  readonly type: "request";
  readonly at: number;
  readonly service: string;
  readonly operation: string;
  readonly status: number;
  readonly durationMs: number;
  /** The fact that matters: a stream and its record count, or the error and its message. */
  readonly detail: string;
  readonly requestId: string;
}

/** One function invocation ended. */
export interface FunctionInvoked {
  readonly type: "invocation";
  readonly at: number;
  readonly functionName: string;
  readonly outcome: "ok" | "error" | "timeout";
  readonly durationMs: number;
  readonly detail: string;
  readonly requestId: string;
}

/** A function wrote a line to its log. */
export interface FunctionPrinted {
  readonly type: "print";
  readonly at: number;
  readonly functionName: string;
  readonly line: string;
}

/** A resource was created, changed its state, or went. */
export interface ResourceChanged {
  readonly type: "resource";
  readonly at: number;
  readonly service: string;
  readonly name: string;
  readonly state: string;
}

/** Something the user should know, though nobody asked. */
export interface Warning {
  readonly type: "warning";
  readonly at: number;
  readonly message: string;
}

type Listener = (event: TankEvent) => void;

/** Fans events out to whoever listens; a listener that throws does not disturb the others. */
export class Events {
  readonly #listeners = new Set<Listener>();

  emit(event: TankEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        process.emitWarning(error instanceof Error ? error : String(error));
      }
    }
  }

  /** Whether anyone listens: lets a hot path skip composing the event. */
  get observed(): boolean {
    return this.#listeners.size > 0;
  }

  on(listener: Listener): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
  }
}
