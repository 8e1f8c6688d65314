import { KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import type { PowerRecord } from "./power-record.ts";

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html
const MAX_RECORDS_PER_CALL = 500;
/** Calls in a row of which no record was taken. */
const FRUITLESS_CALLS = 8;
const LONGEST_PAUSE_MS = 3_000;

type Put = Pick<KinesisClient, "send">;

/** Puts rows on the stream under their user, in full calls, in order. */
export class TelemetryStream {
  readonly #streamName: string;
  readonly #kinesis: Put;
  #waiting: PowerRecord[] = [];

  constructor(streamName: string, kinesis: Put = new KinesisClient({ cacheMiddleware: true })) {
    this.#streamName = streamName;
    this.#kinesis = kinesis;
  }

  async put(row: PowerRecord): Promise<void> {
    this.#waiting.push(row);
    if (this.#waiting.length >= MAX_RECORDS_PER_CALL) await this.flush();
  }

  /** @throws when records are refused again and again; what was put before stays put */
  async flush(): Promise<void> {
    let records = this.#waiting.map((row) => ({
      Data: Buffer.from(JSON.stringify(row)),
      PartitionKey: row.user_id,
    }));
    this.#waiting = [];
    for (let fruitless = 0; records.length > 0; ) {
      const { Records = [] } = await this.#kinesis.send(
        new PutRecordsCommand({ StreamName: this.#streamName, Records: records }),
      );
      // PutRecords succeeds as a call even when some records were throttled; those are put again.
      const refused = records.filter((_, index) => Records[index]?.ErrorCode !== undefined);
      if (refused.length === 0) return;
      fruitless = refused.length < records.length ? 0 : fruitless + 1;
      if (fruitless === FRUITLESS_CALLS) {
        const reason = Records.find(({ ErrorMessage }) => ErrorMessage)?.ErrorMessage;
        throw new Error(`${refused.length} rows could not be put: ${reason}`);
      }
      records = refused;
      const pauseMs = Math.min(LONGEST_PAUSE_MS, 100 * 2 ** fruitless);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}
