import { fileURLToPath } from "node:url";
import { type ClientConfig, clientConfigFor, environmentFor } from "../core/client-settings.ts";
import { type Clock, ManualClock, SystemClock } from "../core/clock.ts";
import { type DeployOptions, startWavetank, type Wavetank } from "../wavetank.ts";
import type { PutOptions, PutResult, RecordItem } from "./put-records.ts";
import { inRealTime } from "./real-time.ts";
import type { ReceivedRecord } from "./received-record.ts";
import { TestbedStream, type WaitOptions } from "./testbed-stream.ts";
import { Troubles } from "./troubles.ts";

export interface TestbedOptions {
  /** A SAM or CloudFormation template to deploy at the start and again after each reset. */
  readonly template?: string | URL;
  /** Values of that template's parameters, by name. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** `"manual"`: time moves only by `testbed.clock.advance(ms)`. Real time when absent. */
  readonly clock?: "manual" | "real";
  readonly region?: string;
  /** AWS's throughput quotas; `false` lifts them. */
  readonly enforceLimits?: boolean;
}

type Stack = Awaited<ReturnType<Wavetank["deploy"]>>;

/**
 * A tank of a test's own, in the test's process, on a free port: tests that run at the same time do not
 * see one another's streams. Hold it with `await using`, or call `stop()`.
 */
export class Testbed<C extends Clock = Clock> {
  readonly clock: C;
  /** The tank itself, for what is not here: operations by AWS's names with `tank.call`. */
  readonly tank: Wavetank;
  readonly #options: TestbedOptions;
  readonly #troubles: Troubles;

  /** Tests use {@link startTestbed}. */
  constructor(tank: Wavetank, { clock, options }: { clock: C; options: TestbedOptions }) {
    this.tank = tank;
    this.clock = clock;
    this.#options = options;
    this.#troubles = new Troubles(tank.events);
  }

  /** The endpoint of every AWS service. */
  get url(): string {
    return this.tank.url;
  }

  /** For any AWS SDK v3 client: `new KinesisClient(testbed.clientConfig)`. */
  get clientConfig(): ClientConfig {
    return clientConfigFor(this.url, this.tank.scope.region);
  }

  /** What makes AWS clients of other processes, or without settings of their own, use the testbed. */
  get env(): Record<string, string> {
    return environmentFor(this.url, this.tank.scope.region);
  }

  /**
   * Creates what a template describes; resolves once all of it is ready. A manual clock goes along with
   * real time until then, since streams and functions take a moment to become active.
   * @throws WavetankError ERR_TEMPLATE before anything is created, ERR_DEPLOY after it was undone
   */
  deploy(template: string | URL, options: DeployOptions = {}): Promise<Stack> {
    return inRealTime(this.clock, this.tank.deploy(pathOf(template), options));
  }

  /** Creates a stream, for a test that has no template; resolves once it is ACTIVE. */
  async createStream(name: string, { shardCount = 1 } = {}): Promise<TestbedStream> {
    const input = { StreamName: name, ShardCount: shardCount };
    await this.tank.call("kinesis", "CreateStream", input);
    await inRealTime(this.clock, becomesActive(this.tank, name));
    return this.stream(name);
  }

  /** Forgets every resource, then deploys again the template that the testbed was started with. */
  async reset(): Promise<void> {
    await this.tank.reset();
    this.#troubles.clear();
    await this.#deployOwn();
  }

  /** One stream, to put on, to read and to expect of. */
  stream(name: string): TestbedStream {
    return new TestbedStream(name, { tank: this.tank, troubles: this.#troubles });
  }

  /** {@link TestbedStream.put} */
  putRecords<T extends RecordItem>(
    streamName: string,
    items: readonly T[],
    options: PutOptions<T> = {},
  ): Promise<PutResult[]> {
    return this.stream(streamName).put(items, options);
  }

  /** {@link TestbedStream.waitForRecords} */
  async waitForRecords<T = unknown>(
    streamName: string,
    options: WaitOptions<T> = {},
  ): Promise<ReceivedRecord<T>[]> {
    return this.stream(streamName).waitForRecords(options);
  }

  /** Finishes what is under way and releases every port, timer, process and file. Idempotent. */
  async stop(): Promise<void> {
    this.#troubles[Symbol.dispose]();
    await this.tank.stop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  /** Deploys the template of the options, if any. */
  async #deployOwn(): Promise<void> {
    const { template, parameters } = this.#options;
    if (template !== undefined) await this.deploy(template, parameters ? { parameters } : {});
  }

  static async start<C extends Clock>(clock: C, options: TestbedOptions): Promise<Testbed<C>> {
    const { region, enforceLimits } = options;
    const tank = await startWavetank({
      clock,
      ...(region !== undefined && { region }),
      ...(enforceLimits !== undefined && { enforceLimits }),
    });
    const testbed = new Testbed(tank, { clock, options });
    try {
      await testbed.#deployOwn();
      return testbed;
    } catch (error) {
      await testbed.stop();
      throw error;
    }
  }
}

/**
 * Starts a testbed.
 * @throws WavetankError ERR_TEMPLATE or ERR_DEPLOY when `template` cannot be deployed
 */
export function startTestbed(
  options: TestbedOptions & { readonly clock: "manual" },
): Promise<Testbed<ManualClock>>;
export function startTestbed(options?: TestbedOptions): Promise<Testbed>;
export function startTestbed(options: TestbedOptions = {}): Promise<Testbed> {
  return options.clock === "manual"
    ? Testbed.start(new ManualClock(), options)
    : Testbed.start(new SystemClock(), options);
}

function pathOf(template: string | URL): string {
  return template instanceof URL ? fileURLToPath(template) : template;
}

async function becomesActive(tank: Wavetank, StreamName: string): Promise<void> {
  type Summary = { StreamDescriptionSummary: { StreamStatus: string } };
  for (;;) {
    const input = { StreamName };
    const answer = await tank.call<Summary>("kinesis", "DescribeStreamSummary", input);
    if (answer.StreamDescriptionSummary.StreamStatus === "ACTIVE") return;
    await tank.clock.sleep(20);
  }
}
