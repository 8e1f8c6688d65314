import { SystemClock } from "../../core/clock.ts";
import type { TankContext } from "../../core/context.ts";
import type { Engine, ResourceSummary, Scope } from "../../core/service.ts";
import { type CodeArtifacts, CodeStore } from "./code/code-store.ts";
import { ScratchFolder } from "./code/scratch-folder.ts";
import type { DeadLetters, Destinations } from "./destinations.ts";
import { engineStopped, rieFunctionUnclear } from "./errors.ts";
import {
  EventSourceMappings,
  type EventSourceMappingsNeeds,
} from "./event-source-mapping/event-source-mappings.ts";
import type { FunctionInvoker } from "./event-source-mapping/record-source.ts";
import { FunctionUrls } from "./function-urls.ts";
import { Functions } from "./functions.ts";
import { Concurrency } from "./invocation/concurrency.ts";
import { Deployments } from "./invocation/deployments.ts";
import { type InvokeRequest, type InvokeResult, Invoker } from "./invocation/invoker.ts";
import { writeLog } from "./invocation/log.ts";
import { type RieAnswer, rieAnswer } from "./invocation/rie.ts";
import { ACCOUNT_CONCURRENCY } from "./limits.ts";
import { decodeClientContext } from "./model/client-context.ts";
import type { LambdaFunction } from "./model/function.ts";
import type { FunctionFault } from "./model/function-error.ts";
import { parseFunctionReference } from "./model/function-reference.ts";
import { type PublishRequest, publish } from "./publishing.ts";
import { Timetable } from "./timetable.ts";

/** What the engine needs of the rest of the tank. */
export interface LambdaNeeds
  extends Pick<EventSourceMappingsNeeds, "destinations" | "recordSource"> {
  /** The tank's own address; asked for when a function starts. */
  readonly endpointUrl: () => string;
  readonly codeArtifacts: CodeArtifacts;
  /** Who is told how events ended that nobody waits for. */
  readonly destinations: Destinations;
  readonly deadLetters: DeadLetters;
  /** The Python interpreter's command or path; `WAVETANK_PYTHON`, else `python3`, when absent. */
  readonly python?: string;
  /** The function that the Runtime Interface Emulator's path runs when several are deployed. */
  readonly rieFunction?: string;
  /** Functions that run behind Runtime Interface Emulators: base URLs, by function name. */
  readonly containers?: Readonly<Record<string, readonly string[]>>;
  /** What event source mappings invoke; the functions here when absent. */
  readonly invoker?: FunctionInvoker;
  /** Invocations at the same time, per account and region. */
  readonly concurrency?: number;
  /** Processes per function; further invocations wait for one. */
  readonly maxEnvironmentsPerFunction?: number;
}

/** More processes than this make no laptop faster. */
const DEFAULT_MAX_ENVIRONMENTS = 50;
/** AWS keeps idle environments for some minutes, and does not say for how many. */
const IDLE_MS = 5 * 60_000;
const SWEEP_MS = 60_000;
/** How long invocations under way may go on when the tank stops. */
const STOP_GRACE_MS = 5_000;

/** Lambda functions, what runs them, and what feeds them. */
export class LambdaEngine implements Engine {
  readonly functions: Functions;
  readonly code: CodeStore;
  readonly mappings: EventSourceMappings;
  readonly urls: FunctionUrls;
  /** Functions that are called at times. */
  readonly timetable: Timetable;
  /** For event source mappings. */
  readonly invoker: FunctionInvoker;
  readonly #context: TankContext;
  readonly #scratch = new ScratchFolder();
  readonly #deployments: Deployments;
  readonly #invoker: Invoker;
  readonly concurrency: Concurrency;
  readonly #rieFunction: string | undefined;
  #sweep: Disposable | undefined;
  #stopping: Promise<void> | undefined;

  constructor(context: TankContext, needs: LambdaNeeds) {
    const { clock, events } = context;
    this.#context = context;
    this.#rieFunction = needs.rieFunction;
    this.code = new CodeStore({
      artifacts: needs.codeArtifacts,
      scratch: this.#scratch,
      warn: (message) => events.emit({ type: "warning", at: clock.now(), message }),
    });
    this.#deployments = new Deployments({
      clock,
      scratch: this.#scratch,
      endpointUrl: needs.endpointUrl,
      python: needs.python ?? process.env.WAVETANK_PYTHON ?? "python3",
      containers: needs.containers ?? {},
      maxEnvironmentsPerFunction: needs.maxEnvironmentsPerFunction ?? DEFAULT_MAX_ENVIRONMENTS,
      printed: (fn, stream, text) => this.#printed(fn, stream, text),
    });
    this.functions = new Functions(context, (fn) => this.#deployments.retire(fn));
    this.concurrency = new Concurrency(needs.concurrency ?? ACCOUNT_CONCURRENCY);
    this.#invoker = new Invoker({
      context,
      functions: this.functions,
      deployments: this.#deployments,
      concurrency: this.concurrency,
      destinations: needs.destinations,
      deadLetters: needs.deadLetters,
    });
    this.invoker = {
      invoke: async (functionArn, payload) => {
        const scope = scopeOf(functionArn);
        const answer = await this.invoke({ functionName: functionArn, payload, scope });
        return { ...answer, payload: answer.payload.toString() };
      },
      exists: (functionArn) => this.#named(functionArn) !== undefined,
    };
    const invoked = needs.invoker ?? this.invoker;
    this.timetable = new Timetable(context, (functionArn, payload) =>
      needs.invoker
        ? needs.invoker.invoke(functionArn, payload)
        : this.invokeAsync(functionArn, payload),
    );
    this.urls = new FunctionUrls(context, { functions: this.functions, invoked });
    this.mappings = new EventSourceMappings(context, {
      invoker: invoked,
      destinations: needs.destinations,
      recordSource: needs.recordSource,
      roleOf: (functionArn) => this.#named(functionArn)?.settings.role ?? "",
    });
  }

  async start(): Promise<void> {
    const { clock } = this.#context;
    this.#sweep = clock.every(SWEEP_MS, () => this.#deployments.reap(clock.now() - IDLE_MS));
  }

  /** Lets invocations under way end for a while, then leaves no process and no file. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async reset(): Promise<void> {
    const mappings = this.mappings.reset();
    this.#invoker.forget();
    this.urls.clear();
    this.timetable.clear();
    this.functions.clear();
    this.concurrency.clear();
    await this.#deployments.stop(engineStopped());
    await mappings;
  }

  describe(): ResourceSummary[] {
    const functions = this.functions
      .all()
      .map(({ name, state }) => ({ type: "function", name, state }));
    const mappings = this.mappings
      .all()
      .map(({ id, state }) => ({ type: "mapping", name: id, state }));
    return [...functions, ...mappings, ...this.timetable.describe()];
  }

  /** Runs a function, as Invoke does. */
  invoke(request: InvokeRequest): Promise<InvokeResult> {
    return this.#invoker.invoke(request);
  }

  /** Queues an event for a function, named by its ARN, as its own account and region would. */
  async invokeAsync(functionArn: string, payload: string): Promise<void> {
    const scope = scopeOf(functionArn);
    await this.invoke({
      functionName: functionArn,
      payload,
      scope,
      invocationType: "Event",
    });
  }

  /** Publishes a function as it is now. */
  publish(fn: LambdaFunction, request: PublishRequest = {}): Promise<LambdaFunction> {
    const { clock } = this.#context;
    const publishing = { request, functions: this.functions, scratch: this.#scratch };
    return publish(fn, { ...publishing, now: () => clock.now() });
  }

  /** Starts one execution environment ahead of the first invocation, and says how its loading went. */
  async warm(
    functionName: string,
    scope: Scope,
  ): Promise<{ readonly initMs: number | undefined; readonly fault: FunctionFault | undefined }> {
    const { fn } = this.functions.find({ FunctionName: functionName }, scope);
    const environment = await this.#deployments.of(fn).pool.warm();
    const { initMs } = environment;
    if (environment.isAlive) return { initMs, fault: undefined };
    const fault = JSON.parse(environment.refuse("").payload.toString()) as FunctionFault;
    return { initMs, fault };
  }

  /** Runs the one function of the Runtime Interface Emulator's path, in the emulator's manner. */
  async invokeRie(
    payload: Uint8Array | string,
    headers: Readonly<Record<string, string | undefined>> = {},
  ): Promise<RieAnswer> {
    const fn = this.#rieTarget();
    const encoded = headers["x-amz-client-context"];
    const answer = await this.invoke({
      functionName: fn.arn,
      payload,
      scope: fn.scope,
      clientContext: encoded === undefined ? undefined : decodeClientContext(encoded),
    });
    return rieAnswer(answer, fn);
  }

  async #stop(): Promise<void> {
    this.#sweep?.[Symbol.dispose]();
    this.timetable.clear();
    this.#invoker.forget();
    const mappings = this.mappings.stop();
    // Processes end in real time, whatever the tank's clock says.
    const drained = new AbortController();
    const grace = new SystemClock().sleep(STOP_GRACE_MS, drained.signal).catch(() => undefined);
    await Promise.race([this.#invoker.drain(), grace]);
    drained.abort();
    await this.#deployments.stop(engineStopped());
    await mappings;
    this.functions.clear();
    await this.#scratch.remove();
  }

  #rieTarget(): LambdaFunction {
    const all = this.functions.all();
    const named = all.filter(({ name }) => name === this.#rieFunction);
    const candidates = this.#rieFunction === undefined ? all : named;
    const [only] = candidates;
    if (!only || candidates.length > 1) throw rieFunctionUnclear(this.#rieFunction, all.length);
    return only;
  }

  #named(functionArn: string): LambdaFunction | undefined {
    const reference = parseFunctionReference(functionArn);
    return reference && this.functions.resolve(reference, scopeOf(functionArn));
  }

  #printed(fn: LambdaFunction, stream: string, text: string): void {
    const { clock, events } = this.#context;
    const at = clock.now();
    writeLog(this.#context, fn, { at, stream, message: `${text}\n` });
    if (!events.observed) return;
    for (const line of text.split("\n")) {
      events.emit({ type: "print", at, functionName: fn.name, line });
    }
  }
}

/** Whose function an ARN names. */
function scopeOf(functionArn: string): Scope {
  const { accountId = "", region = "" } = parseFunctionReference(functionArn) ?? {};
  return { accountId, region };
}
