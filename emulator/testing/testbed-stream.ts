import { ManualClock, SystemClock } from "../core/clock.ts";
import { AwsError, WavetankError } from "../core/errors.ts";
import type { StreamView, Wavetank } from "../wavetank.ts";
import { type PutOptions, type PutResult, putRecords, type RecordItem } from "./put-records.ts";
import { decoder, listed, type ReceivedRecord } from "./received-record.ts";
import type { Troubles } from "./troubles.ts";

export interface WaitOptions<T = unknown> {
  /** How many records there must be; 1 when absent. */
  readonly count?: number;
  /** Counts only records for which this holds. */
  readonly match?: (record: ReceivedRecord<T>) => boolean;
  /** Real milliseconds, under a manual clock too, since functions take real time. 4,000 when absent. */
  readonly timeoutMs?: number;
}

/** Less than the 5 s after which vitest ends a test without a word about what did arrive. */
const DEFAULT_TIMEOUT_MS = 4_000;
const realTime = new SystemClock();

/** A stream of a testbed. It need not exist yet when it is named, only when it is used. */
export class TestbedStream {
  readonly name: string;
  readonly #tank: Wavetank;
  readonly #troubles: Troubles;

  constructor(name: string, { tank, troubles }: { tank: Wavetank; troubles: Troubles }) {
    this.name = name;
    this.#tank = tank;
    this.#troubles = troubles;
  }

  /**
   * Puts records on the stream, objects as JSON.
   * @throws WavetankError ERR_REQUEST when there is no such stream, or its throughput does not suffice
   */
  async put<T extends RecordItem>(
    items: readonly T[],
    options: PutOptions<T> = {},
  ): Promise<PutResult[]> {
    this.#view();
    return putRecords(this.#tank, this.name, { ...options, items });
  }

  /**
   * Everything on the stream now, by arrival; records of one shard in their order. Uses up no read quota.
   * @throws WavetankError ERR_REQUEST when there is no such stream
   */
  records<T = unknown>(): ReceivedRecord<T>[] {
    return this.#read(this.#view(), decoder<T>());
  }

  /**
   * Resolves, as soon as `count` records that match are on the stream, with all that match: those from
   * before the call too.
   * @throws WavetankError ERR_TIMEOUT saying what did arrive; ERR_REQUEST when there is no such stream
   */
  async waitForRecords<T = unknown>(options: WaitOptions<T> = {}): Promise<ReceivedRecord<T>[]> {
    const { count = 1, match = () => true, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
    const view = this.#view();
    const decode = decoder<T>();
    const matching = () => this.#read(view, decode).filter(match);
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        watching[Symbol.dispose]();
        timer[Symbol.dispose]();
        settle();
      };
      const look = (isLastTime: boolean) => {
        try {
          const found = matching();
          if (found.length >= count) return end(() => resolve(found));
          if (isLastTime) throw this.#missing({ found: found.length, count, timeoutMs });
        } catch (error) {
          end(() => reject(error));
        }
      };
      const watching = view.onChange(() => look(false));
      const timer = realTime.after(timeoutMs, () => look(true));
      look(false);
    });
  }

  /** What is on the stream and what went wrong in the tank, in words, for the message of a failed test. */
  describe(): string {
    const records = this.records();
    const troubles = this.#troubles.latest;
    const lines = [
      records.length === 0
        ? `${this.name} holds no records.`
        : `${this.name} holds ${plural(records.length, "record")}:\n${listed(records)}`,
      ...(troubles.length > 0 ? [`The tank reports:\n  ${troubles.join("\n  ")}`] : []),
    ];
    const { clock } = this.#tank;
    if (clock instanceof ManualClock) {
      const now = new Date(clock.now()).toISOString();
      lines.push(`The manual clock stands at ${now}: windows and retries wait for advance().`);
    }
    return lines.join("\n");
  }

  #view(): StreamView {
    try {
      return this.#tank.viewStream(this.name);
    } catch (error) {
      throw this.#gone(error);
    }
  }

  #read<T>(view: StreamView, decode: ReturnType<typeof decoder<T>>): ReceivedRecord<T>[] {
    try {
      return view.records().map(decode);
    } catch (error) {
      throw this.#gone(error);
    }
  }

  #gone(error: unknown): unknown {
    if (!(error instanceof AwsError)) return error;
    return new WavetankError("ERR_REQUEST", `There is no stream "${this.name}" in the testbed.`, {
      hint: `Deploy a template that has it, or create it. The testbed holds: ${this.#tank.inventory() || "nothing"}.`,
      cause: error,
    });
  }

  #missing(wait: { found: number; count: number; timeoutMs: number }): WavetankError {
    const { found, count, timeoutMs } = wait;
    const came = found === 0 ? "No matching record" : `${found} of ${count} matching records`;
    const message = `${came} came within ${timeoutMs} ms.\n${this.describe()}`;
    return new WavetankError("ERR_TIMEOUT", message, {
      hint: "Raise timeoutMs if the function needs longer, and the test's own timeout with it.",
    });
  }
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
