import { Backends } from "./backends/backends.ts";
import type { BackendSettings } from "./backends/settings.ts";
import { type StreamView, streamView } from "./backends/stream-view.ts";
import { moveTime, tellTime } from "./clock-requests.ts";
import { type Clock, SystemClock } from "./core/clock.ts";
import type { TankContext } from "./core/context.ts";
import { Events } from "./core/events.ts";
import { Lifecycle } from "./core/lifecycle.ts";
import type { Schedules } from "./core/schedules.ts";
import type { Scope } from "./core/service.ts";
import type { WireRequest, WireResponse } from "./core/wire.ts";
import { Edge, type LocalHandler } from "./edge/edge.ts";
import { EdgeServer } from "./edge/server.ts";
import { DEFAULT_ACCOUNT_ID, DEFAULT_REGION } from "./edge/sigv4.ts";
import { frontDoor } from "./front-door.ts";
import { localUrls } from "./gateway/address.ts";
import type { CloudWatchEngine } from "./services/cloudwatch/index.ts";
import { services } from "./services.ts";
import { deleteStack, deployStack } from "./stack-requests.ts";
import { type DeployOptions, Stacks } from "./stacks.ts";
import { answer, healthAnswer, inventory, type Readiness, tankStatus } from "./status.ts";
import type { Stack } from "./template/stack.ts";

export type { StreamView, ViewedRecord } from "./backends/stream-view.ts";
export type { DeployOptions } from "./stacks.ts";
export type { TankStatus } from "./status.ts";

/** What CloudWatch keeps, as a program inside the tank reads it. */
export type CloudWatchView = Pick<CloudWatchEngine, "statistics" | "onAlarmState">;

export interface WavetankOptions {
  /** Loopback only unless told otherwise: the tank runs code that it is sent. */
  readonly host?: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly region?: string;
  /** Real time when absent. */
  readonly clock?: Clock;
  /** How many times faster than AWS's the minutes of Application Auto Scaling pass; 1 when absent. */
  readonly fastScaling?: number | undefined;
  /** AWS's throughput quotas; `false` lifts them for load runs. */
  readonly enforceLimits?: boolean;
  /** Host names, besides loopback ones, under which requests may come. */
  readonly allowedHosts?: readonly string[];
  /** The function behind the Runtime Interface Emulator's path, where several are deployed. */
  readonly rieFunction?: string | undefined;
  /** What stands elsewhere: in LocalStack, in containers, on AWS. All of it is the tank's own when absent. */
  readonly backends?: BackendSettings;
  /** Called when `POST /_wavetank/stop` asks for it; without it that path is not there. */
  readonly onStopRequest?: () => void;
}

/** S3 takes the largest bodies; each service bounds its own further. */
const MAX_BODY_BYTES = 1024 * 1024 * 1024;

/** A running tank: the composition of all services behind one port. */
export class Wavetank {
  readonly clock: Clock;
  readonly events = new Events();
  readonly edge: Edge;
  readonly scope: Scope;
  readonly #lifecycle = new Lifecycle();
  readonly #stacks: Stacks;
  readonly #backends: Backends;
  readonly #services: ReturnType<typeof services>;
  readonly #server: EdgeServer;
  readonly #host: string;
  #port = 0;
  #readiness: Readiness = "starting";

  constructor(options: WavetankOptions = {}) {
    const { host = "127.0.0.1", port = 0, region = DEFAULT_REGION } = options;
    this.clock = options.clock ?? new SystemClock();
    this.scope = { accountId: DEFAULT_ACCOUNT_ID, region };
    this.#host = host;
    const context: TankContext = {
      clock: this.clock,
      events: this.events,
      enforceLimits: options.enforceLimits ?? true,
    };
    this.#backends = new Backends(options.backends ?? {});
    this.#services = services({
      context,
      scope: this.scope,
      backends: this.#backends,
      endpointUrl: () => this.url,
      rieFunction: options.rieFunction,
      fastScaling: options.fastScaling,
    });
    this.#stacks = new Stacks({
      api: this,
      onWarning: (message) => this.events.emit({ type: "warning", at: this.clock.now(), message }),
      onDeployed: () => this.#warm(),
    });
    this.edge = new Edge(this.#all(), {
      clock: this.clock,
      events: this.events,
      allowedHosts: new Set(options.allowedHosts),
      defaultRegion: region,
      elsewhere: (request) => this.#backends.elsewhere(request),
      local: this.#localHandlers(options),
      intercept: frontDoor(this.#services, { clock: this.clock, events: this.events }),
    });
    this.#server = new EdgeServer(this.edge, { host, port, maxBodyBytes: MAX_BODY_BYTES });
  }

  get port(): number {
    return this.#port;
  }

  /** The endpoint to give to AWS clients; valid once started. Never 0.0.0.0, which is no address. */
  get url(): string {
    const host = this.#host === "0.0.0.0" || this.#host === "::" ? "127.0.0.1" : this.#host;
    return `http://${host}:${this.#port}`;
  }

  async start(): Promise<void> {
    await this.#lifecycle.start({
      start: async () => {
        this.#port = await this.#server.listen();
      },
      stop: () => this.#server.close(),
    });
    const { clock, events } = this;
    const onWait = (name: string) =>
      events.emit({ type: "warning", at: clock.now(), message: `waiting for ${name} to answer…` });
    await this.#lifecycle.start({
      start: () => this.#backends.ready({ clock, onWait, ownUrl: this.url }),
      stop: () => this.#backends.close(),
    });
    for (const { engine } of this.#all()) await this.#lifecycle.start(engine);
  }

  /** From now on health answers 200: what was to be deployed is there. */
  markReady(): void {
    this.#readiness = "ready";
  }

  /** Finishes what is under way and releases every port, timer, process and file. Idempotent. */
  stop(): Promise<void> {
    this.#readiness = "stopping";
    this.#stacks.stop();
    return this.#lifecycle.stop();
  }

  /** Forgets every resource, as if just started. */
  async reset(): Promise<void> {
    this.#stacks.clear();
    for (const { engine } of this.#all()) await engine.reset();
  }

  /**
   * Calls an operation of a service by AWS's names, without the wire.
   * @throws AwsError what a client would be told
   */
  call<Out>(service: string, operation: string, input: object): Promise<Out> {
    return this.edge.call(service, operation, input, this.scope);
  }

  /** A text with AWS's addresses of APIs, function URLs and websites in it, and the tank's own in their places. */
  localUrls(text: string): string {
    return localUrls(text, this.url);
  }

  /** Whether a service stands elsewhere, so that its resources outlive the tank. */
  isElsewhere(name: string): boolean {
    return this.#all().some((service) => service.name === name && service.remote !== undefined);
  }

  /**
   * Creates what a SAM or CloudFormation template describes, or makes its stack what it describes now;
   * resolves once all of it is ready.
   * @throws WavetankError ERR_TEMPLATE before anything is done, ERR_DEPLOY after it was undone
   */
  deploy(templateFile: string, options: DeployOptions = {}): Promise<Stack> {
    return this.#stacks.deploy(templateFile, options);
  }

  /**
   * Looks into a stream from inside: all that it retains, past the read quotas.
   * @throws AwsError ResourceNotFoundException when there is no such stream
   */
  viewStream(name: string): StreamView {
    return streamView(this.#services.kinesis.engine, {
      name,
      scope: this.scope,
      clock: this.clock,
    });
  }

  /** What CloudWatch keeps, read from inside: statistics, and alarms as they change. */
  get cloudWatch(): CloudWatchView {
    return this.#services.cloudwatch.engine;
  }

  /** What calls functions by schedules. */
  get schedules(): Schedules {
    return this.#services.lambda.engine.timetable;
  }

  /** What the tank holds, in one line. */
  inventory(): string {
    return inventory(this.#all());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  #all() {
    return Object.values(this.#services);
  }

  /** Runs a function the way AWS's Runtime Interface Emulator answers, for tests that post to it. */
  async #invokeRie({ body: payload, headers }: WireRequest): Promise<WireResponse | undefined> {
    const { engine } = this.#services.lambda;
    // A function that is really called "function" is invoked as on AWS.
    const own = { name: "function", ...this.scope, qualifier: undefined };
    if (engine.functions.get(own, this.scope)) return undefined;
    const { status, contentType, body } = await engine.invokeRie(payload, headers);
    return { status, headers: { "content-type": contentType }, body };
  }

  /** Starts the functions that read streams, so that the first record finds them running. */
  async #warm(): Promise<void> {
    const { engine } = this.#services.lambda;
    const reading = engine.mappings.all().filter((mapping) => mapping.intent.isEnabled);
    const functions = new Set(reading.map(({ settings }) => settings.functionArn));
    await Promise.all([...functions].map((functionArn) => engine.warm(functionArn, this.scope)));
  }

  #localHandlers({ onStopRequest }: WavetankOptions): Record<string, LocalHandler> {
    const status = () => tankStatus(this.#all(), this.#readiness);
    return {
      "POST /2015-03-31/functions/function/invocations": (request) => this.#invokeRie(request),
      "GET /_wavetank/health": () => healthAnswer(status()),
      "GET /_wavetank/status": () => answer(200, status()),
      "GET /_wavetank/clock": () => tellTime(this.clock),
      "POST /_wavetank/clock": (request) => moveTime(this.clock, request),
      "GET /_wavetank/stacks": () => answer(200, { stacks: this.#stacks.list() }),
      "POST /_wavetank/deploy": (request) => deployStack(this.#stacks, request),
      "POST /_wavetank/delete": (request) => deleteStack(this.#stacks, request),
      ...(onStopRequest && {
        "POST /_wavetank/stop": () => {
          // After the answer is out.
          setImmediate(onStopRequest);
          return answer(202, { status: "stopping" });
        },
      }),
    };
  }
}

/** Starts a tank; stop it with `stop()` or hold it with `await using`. */
export async function startWavetank(options: WavetankOptions = {}): Promise<Wavetank> {
  const tank = new Wavetank(options);
  await tank.start();
  tank.markReady();
  return tank;
}
