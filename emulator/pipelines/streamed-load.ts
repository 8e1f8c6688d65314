import type { Load } from "./drive.ts";
import { type OutputReader, openAtTip, READ_INTERVAL_MS } from "./output-readers.ts";
import type { PlayApi } from "./play.ts";
import { at, type StreamedSamples } from "./samples.ts";

interface Entry {
  readonly PartitionKey: string;
  readonly Data: Buffer;
}

interface Streamed {
  /** Where the records go, where their answers come out, and by which keys. */
  readonly samples: StreamedSamples;
  readonly records: Iterator<object>;
}

/** What PutRecords takes: https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html */
const MAX_ENTRIES = 500;

/** Puts records, each with a key of its own, on a stream, and finds their answers on another by those. */
export class StreamedLoad implements Load {
  sent = 0;
  failed = 0;
  readonly latencies: number[] = [];
  readonly #api: PlayApi;
  readonly #samples: StreamedSamples;
  readonly #records: Iterator<object>;
  readonly #readers: readonly OutputReader[];
  /** When each record without an answer was sent, by its key. */
  readonly #waiting = new Map<string, number>();
  /** What the stream has not taken yet. */
  #refused: Entry[] = [];
  #readAt = 0;

  private constructor(
    api: PlayApi,
    { samples, records, readers }: Streamed & { readonly readers: readonly OutputReader[] },
  ) {
    this.#api = api;
    this.#samples = samples;
    this.#records = records;
    this.#readers = readers;
  }

  static async open(api: PlayApi, streamed: Streamed): Promise<StreamedLoad> {
    const readers = await openAtTip(api, streamed.samples.output.stream);
    return new StreamedLoad(api, { ...streamed, readers });
  }

  async send(count: number): Promise<void> {
    const entries = [...this.#refused, ...Array.from({ length: count }, () => this.#next())];
    this.#refused = [];
    for (let from = 0; from < entries.length; from += MAX_ENTRIES) {
      await this.#put(entries.slice(from, from + MAX_ENTRIES));
    }
  }

  /** AWS lets a shard be read five times a second. */
  async collect(): Promise<void> {
    const { clock } = this.#api;
    if (clock.now() - this.#readAt < READ_INTERVAL_MS) return;
    this.#readAt = clock.now();
    for (const reader of this.#readers) {
      for (const { value, arrivedAt } of await reader.read()) {
        const key = String(at(value, this.#samples.output.key));
        const sentAt = this.#waiting.get(key);
        if (sentAt === undefined) continue;
        this.#waiting.delete(key);
        this.latencies.push(Math.max(0, arrivedAt - sentAt));
      }
    }
  }

  #next(): Entry {
    const record: object = this.#records.next().value;
    const key = String(at(record, this.#samples.input.key));
    this.sent += 1;
    this.#waiting.set(key, this.#api.clock.now());
    return { PartitionKey: key, Data: Buffer.from(JSON.stringify(record)) };
  }

  /** What is throttled goes again with the next records. */
  async #put(entries: readonly Entry[]): Promise<void> {
    type Answer = { Records: { ErrorCode?: string }[] };
    const input = { StreamName: this.#samples.input.stream, Records: entries };
    const { Records } = await this.#api.call<Answer>("kinesis", "PutRecords", input);
    this.#refused.push(...entries.filter((_, index) => Records[index]?.ErrorCode !== undefined));
  }
}
