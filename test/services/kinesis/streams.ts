import {
  CreateStreamCommand,
  type CreateStreamInput,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  type GetRecordsOutput,
  GetShardIteratorCommand,
  type GetShardIteratorInput,
  KinesisClient,
  PutRecordCommand,
  type PutRecordInput,
  type PutRecordOutput,
} from "@aws-sdk/client-kinesis";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { TRANSITION_MS } from "../../../emulator/services/kinesis/engine.ts";
import type { WavetankOptions } from "../../../emulator/wavetank.ts";
import { startTank, type TestTank } from "../../support/tank.ts";

export const ACCOUNT = "000000000000";

/** A tank whose time moves only when a test says so, and AWS's own Kinesis client for it. */
export class KinesisTank implements AsyncDisposable {
  readonly tank: TestTank;
  readonly clock: ManualClock;
  readonly kinesis: KinesisClient;

  constructor(tank: TestTank) {
    this.tank = tank;
    this.clock = tank.manualClock;
    this.kinesis = tank.client(KinesisClient);
  }

  /** Creates a stream, of one shard unless told otherwise, and lets it become ACTIVE. */
  async create(StreamName: string, settings: Partial<CreateStreamInput> = {}): Promise<void> {
    const input = { StreamName, ...(settings.StreamModeDetails ? {} : { ShardCount: 1 }) };
    await this.kinesis.send(new CreateStreamCommand({ ...input, ...settings }));
    await this.settle();
  }

  /** Lets changes of streams' states come to their end. */
  async settle(): Promise<void> {
    await this.clock.advance(TRANSITION_MS);
  }

  async status(StreamName: string): Promise<string | undefined> {
    const answer = await this.kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
    return answer.StreamDescriptionSummary?.StreamStatus;
  }

  put(
    StreamName: string,
    text: string,
    more: Partial<PutRecordInput> = {},
  ): Promise<PutRecordOutput> {
    const record = { StreamName, Data: Buffer.from(text), PartitionKey: "key" };
    return this.kinesis.send(new PutRecordCommand({ ...record, ...more }));
  }

  async iterator(StreamName: string, more: Partial<GetShardIteratorInput> = {}): Promise<string> {
    const place = { StreamName, ShardId: "0", ShardIteratorType: "TRIM_HORIZON" as const };
    const answer = await this.kinesis.send(new GetShardIteratorCommand({ ...place, ...more }));
    return answer.ShardIterator ?? "";
  }

  get(ShardIterator: string | undefined, Limit?: number): Promise<GetRecordsOutput> {
    return this.kinesis.send(new GetRecordsCommand({ ShardIterator, Limit }));
  }

  /** What one read finds from an iterator's place on: a stream's first shard from its start. */
  async texts(StreamName: string, more: Partial<GetShardIteratorInput> = {}): Promise<string[]> {
    return textsOf(await this.get(await this.iterator(StreamName, more)));
  }

  /** Sends a body as it stands, for what no SDK would send. */
  async raw(operation: string, body: object): Promise<{ status: number; body: Answer }> {
    const answer = await fetch(this.tank.url, {
      method: "POST",
      headers: {
        "x-amz-target": `Kinesis_20131202.${operation}`,
        "content-type": "application/x-amz-json-1.1",
      },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === "" ? {} : JSON.parse(text) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.tank.stop();
  }
}

type Answer = Record<string, unknown>;

export async function kinesisTank(options: WavetankOptions = {}): Promise<KinesisTank> {
  return new KinesisTank(await startTank({ clock: new ManualClock(), ...options }));
}

export function textsOf({ Records = [] }: Pick<GetRecordsOutput, "Records">): string[] {
  return Records.map(({ Data }) => Buffer.from(Data ?? []).toString());
}

/** AWS's sentence for one broken constraint. */
export function fault(value: string, path: string, constraint: string): string {
  return `Value ${value} at '${path}' failed to satisfy constraint: ${constraint}`;
}
