import type { Clock } from "../core/clock.ts";
import type { Meter, MetricSink, MetricUnit } from "../core/metrics.ts";
import type { Scope } from "../core/service.ts";
import type { WireResponse } from "../core/wire.ts";
import type { FunctionResult, Functions } from "./functions.ts";

type Dimensions = Readonly<Record<string, string>>;

/** What the two kinds of API call themselves and their metrics. */
interface Naming<Api> {
  readonly clientErrors: string;
  readonly serverErrors: string;
  /** Whether answers are counted in bytes. */
  readonly countsBytes: boolean;
  dimensions(api: Api): Dimensions;
}

/** A request to an API, whose time behind the API is taken. */
class Metered implements Functions {
  readonly startedAt: number;
  readonly #clock: Clock;
  readonly #functions: Functions;
  #askedAt: number | undefined;
  #answeredAt: number | undefined;

  constructor(clock: Clock, functions: Functions) {
    this.startedAt = clock.now();
    this.#clock = clock;
    this.#functions = functions;
  }

  /** `undefined` where the request never came to a function; a timeout counts until now. */
  get integrationMs(): number | undefined {
    if (this.#askedAt === undefined) return undefined;
    return (this.#answeredAt ?? this.#clock.now()) - this.#askedAt;
  }

  async invoke(functionArn: string, payload: string): Promise<FunctionResult> {
    this.#askedAt = this.#clock.now();
    try {
      return await this.#functions.invoke(functionArn, payload);
    } finally {
      this.#answeredAt = this.#clock.now();
    }
  }
}

/** AWS's own metrics of APIs. */
export class ApiMetering<Api extends { readonly scope: Scope }> {
  readonly #sink: MetricSink | undefined;
  readonly #naming: Naming<Api>;
  readonly #meters = new WeakMap<Api, Map<string, readonly Meter[]>>();

  constructor(sink: MetricSink | undefined, naming: Naming<Api>) {
    this.#sink = sink;
    this.#naming = naming;
  }

  begin({ clock, functions }: { clock: Clock; functions: Functions }): Metered {
    return new Metered(clock, functions);
  }

  answered(
    api: Api,
    request: {
      readonly stage: string;
      readonly metered: Metered;
      readonly endedAt: number;
      readonly received: { readonly body: Uint8Array };
      readonly response: WireResponse;
    },
  ): void {
    const { stage, metered, endedAt, received, response } = request;
    const { clientErrors, serverErrors, countsBytes } = this.#naming;
    const { startedAt: at, integrationMs } = metered;
    const { status, body = "" } = response;
    for (const meter of this.#metersOf(api, stage)) {
      const record = (name: string, value: number, unit: MetricUnit) =>
        meter.record({ name, value, unit, at });
      record("Count", 1, "Count");
      record(clientErrors, status >= 400 && status < 500 ? 1 : 0, "Count");
      record(serverErrors, status >= 500 ? 1 : 0, "Count");
      record("Latency", endedAt - at, "Milliseconds");
      if (integrationMs !== undefined) record("IntegrationLatency", integrationMs, "Milliseconds");
      const bytes = received.body.byteLength + Buffer.byteLength(body);
      if (countsBytes) record("DataProcessed", bytes, "Bytes");
    }
  }

  /** A request counts for its API, and for its stage. */
  #metersOf(api: Api, stage: string): readonly Meter[] {
    const sink = this.#sink;
    if (!sink) return [];
    let ofApi = this.#meters.get(api);
    if (!ofApi) {
      ofApi = new Map();
      this.#meters.set(api, ofApi);
    }
    let meters = ofApi.get(stage);
    if (!meters) {
      const { accountId, region } = api.scope;
      const ofAll = this.#naming.dimensions(api);
      meters = [ofAll, { ...ofAll, Stage: stage }].map((dimensions) =>
        sink.meter({ namespace: "AWS/ApiGateway", dimensions, accountId, region }),
      );
      ofApi.set(stage, meters);
    }
    return meters;
  }
}
