import type { DeliveryContext } from "./delivery.ts";
import { Intake, type IntakeContext } from "./intake.ts";
import { Lane } from "./lane.ts";
import type { ShardReader } from "./record-source.ts";
import { ShardWindow, type ShardWindowContext } from "./shard-window.ts";

/** What a poller needs of its mapping. */
export interface PollerContext extends IntakeContext, DeliveryContext, ShardWindowContext {
  invoke: DeliveryContext["invoke"];
}

/** Reads one shard and delivers its records to the function, in as many lanes as the mapping asks for. */
export class ShardPoller {
  readonly #window: ShardWindow;
  readonly #lanes: readonly Lane[];

  constructor(reader: ShardReader, context: PollerContext) {
    const intake = new Intake(reader, context);
    const { tumblingWindowMs: lengthMs } = context.settings;
    this.#window = new ShardWindow(context, { lengthMs });
    const window = lengthMs > 0 ? this.#window : undefined;
    this.#lanes = intake.lanes.map((buffer) => new Lane({ intake, buffer, window, context }));
  }

  /** Resolves with true once a closed shard is drained, with false when told to stop. */
  async run(): Promise<boolean> {
    if (this.#window.isOfAnotherLength) await this.#window.close();
    const areDrained = await Promise.all(this.#lanes.map((lane) => lane.run()));
    return areDrained.every((isDrained) => isDrained);
  }
}
