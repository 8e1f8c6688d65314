import type { Clock } from "../../../core/clock.ts";
import type { ExecutionEnvironment, StartRuntime } from "./execution-environment.ts";
import type { Headroom } from "./headroom.ts";

export interface PoolOptions {
  /** An environment that has not loaded anything yet. */
  readonly create: () => ExecutionEnvironment;
  readonly start: StartRuntime;
  /** Environments at most; further invocations wait for one to come free. */
  readonly maxEnvironments: number;
  /** Environments that load at the same time. */
  readonly maxStarting: number;
  readonly clock: Clock;
  readonly headroom: Pick<Headroom, "processors" | "take">;
}

/** A wait that is shorter than it takes to load another environment. */
const PATIENCE_MS = 100;
/** Nobody having had a turn for so long, one more environment is worth it to a machine with no time for it. */
const LAST_RESORT_MS = 1_000;
/** Environments that there are rather than a wait, however short: they use more than one core. */
const FEW = 2;
/** How much the latest invocation counts in what is typical. */
const LATEST_SHARE = 0.3;

/** An environment for one invocation, and whether the invocation waited for it to load. */
export interface Lease {
  readonly environment: ExecutionEnvironment;
  readonly isColdStart: boolean;
}

/**
 * The execution environments of one deployment of a function: each serves one invocation at a time, idle
 * ones are used again, and there are more of them as more invocations wait.
 * DIFFERS: an invocation that an environment at work will soon have time for waits for it, and beyond one
 * environment per processor there are more only while processors are idle, as they are where handlers wait. A
 * handler that computes is served faster by four warm processes than by fifty that take each other's time.
 */
export class EnvironmentPool {
  readonly #options: PoolOptions;
  /** The one used last comes first. */
  #idle: ExecutionEnvironment[] = [];
  readonly #busy = new Set<ExecutionEnvironment>();
  readonly #starting = new Map<ExecutionEnvironment, Promise<ExecutionEnvironment>>();
  readonly #waiting: { resolve(lease: Lease): void; reject(reason: unknown): void }[] = [];
  /** What is being loaded or ended; `stop` waits for it. */
  readonly #underWay = new Set<Promise<unknown>>();
  /** Environments of an earlier state of the code, which end with what they are doing. */
  #outdated = new WeakSet<ExecutionEnvironment>();
  #isRetired = false;
  /** Milliseconds that an invocation takes, as far as is known. */
  #typicalMs: number | undefined;
  /** Milliseconds since the epoch when somebody last had a turn, or an environment began to load. */
  #movedAt: number;
  /** Ends the patience of those who wait. */
  #patience: Disposable | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#movedAt = options.clock.now();
  }

  get size(): number {
    return this.#idle.length + this.#busy.size + this.#starting.size;
  }

  /** An environment of one's own until it is released: an idle one, or a new one once it has loaded. */
  lease(): Lease | Promise<Lease> {
    const environment = this.#idle.pop();
    if (environment) return this.#give(environment, { isColdStart: false });
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#grow();
    });
  }

  /** @param durationMs what the invocation took */
  release(environment: ExecutionEnvironment, durationMs: number): void {
    const typicalMs = this.#typicalMs ?? durationMs;
    this.#typicalMs = typicalMs + (durationMs - typicalMs) * LATEST_SHARE;
    this.#busy.delete(environment);
    this.#offer(environment, { isColdStart: false });
  }

  /** Loads an environment in advance, if there is none, and keeps it; resolves with it, loaded or failed. */
  async warm(): Promise<ExecutionEnvironment> {
    for (const loaded of [...this.#idle, ...this.#busy, ...this.#starting.keys()]) {
      if (!this.#outdated.has(loaded)) return this.#starting.get(loaded) ?? loaded;
    }
    return this.#load();
  }

  /** The code has changed: what is loaded serves no further invocation. */
  outdate(): void {
    const underWay = [...this.#busy, ...this.#starting.keys()];
    for (const environment of underWay) this.#outdated.add(environment);
    for (const environment of this.#idle.splice(0)) this.#dismiss(environment);
  }

  /** Ends environments that have been idle since before `time`. */
  reap(time: number): void {
    const stale = this.#idle.filter(({ idleSince }) => idleSince < time);
    this.#idle = this.#idle.filter(({ idleSince }) => idleSince >= time);
    for (const environment of stale) this.#dismiss(environment);
  }

  /** Keeps no environment longer than invocations that have come already need it. */
  retire(): void {
    this.#isRetired = true;
    for (const environment of this.#idle.splice(0)) this.#dismiss(environment);
  }

  /** Ends every process; resolves when they are gone. Who still waits for one is told `reason`. */
  async stop(reason: unknown): Promise<void> {
    this.retire();
    this.#patience?.[Symbol.dispose]();
    for (const waiting of this.#waiting.splice(0)) waiting.reject(reason);
    const underWay = [...this.#busy, ...this.#starting.keys()];
    for (const environment of underWay) this.#dismiss(environment);
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** Loads more environments if those that there are keep somebody waiting. */
  #grow(): void {
    if (this.#waiting.length === 0) return;
    this.#loadUpTo(this.#wanted());
    const [first] = this.#waiting;
    this.#patience ??= this.#options.clock.after(PATIENCE_MS, () => {
      this.#patience = undefined;
      // What is typical was not so this time.
      if (this.#waiting[0] === first) this.#loadUpTo(this.#wantedByStuck());
      this.#grow();
    });
  }

  /** How many environments there should be when none of them came free for a while. */
  #wantedByStuck(): number {
    const oneMore = this.size + 1;
    const isLastResort = this.#options.clock.now() - this.#movedAt >= LAST_RESORT_MS;
    return isLastResort ? oneMore : Math.min(oneMore, this.#useful());
  }

  /** How many environments give everybody a turn before another one could be loaded. */
  #wanted(): number {
    const invocations = this.#busy.size + this.#waiting.length;
    const typicalMs = this.#typicalMs ?? PATIENCE_MS;
    const enough = Math.max(FEW, Math.ceil((invocations * typicalMs) / PATIENCE_MS));
    if (enough <= this.size) return enough;
    return Math.min(invocations, enough, this.#useful());
  }

  /** How many environments would not take each other's time. */
  #useful(): number {
    const { headroom } = this.#options;
    return Math.max(headroom.processors, this.size + headroom.take());
  }

  #loadUpTo(wanted: number): void {
    const { maxEnvironments, maxStarting } = this.#options;
    while (
      this.size < Math.min(wanted, maxEnvironments) &&
      this.#waiting.length > this.#starting.size &&
      this.#starting.size < maxStarting
    ) {
      this.#load();
    }
  }

  #load(): Promise<ExecutionEnvironment> {
    this.#movedAt = this.#options.clock.now();
    const environment = this.#options.create();
    environment.onGone = () => this.#forget(environment);
    const isWanted = this.#waiting.length > 0;
    const loaded = environment.init(this.#options.start).then(() => {
      this.#starting.delete(environment);
      this.#offer(environment, { isColdStart: isWanted });
      return environment;
    });
    this.#starting.set(environment, loaded);
    this.#follow(loaded);
    return loaded;
  }

  #give(environment: ExecutionEnvironment, { isColdStart }: { isColdStart: boolean }): Lease {
    this.#movedAt = this.#options.clock.now();
    this.#busy.add(environment);
    return { environment, isColdStart };
  }

  /** Gives an environment to who has waited longest, or keeps it for the next. */
  #offer(environment: ExecutionEnvironment, { isColdStart }: { isColdStart: boolean }): void {
    const isCurrent = !this.#outdated.has(environment);
    const isUsable = isCurrent && environment.isAlive;
    // Who waited for an environment that cannot load the code is told why by it.
    const isAnswer = isUsable || (isCurrent && isColdStart);
    const next = isAnswer ? this.#waiting.shift() : undefined;
    if (next) next.resolve(this.#give(environment, { isColdStart }));
    else if (isUsable && !this.#isRetired) {
      environment.idleSince = this.#options.clock.now();
      this.#idle.push(environment);
    } else this.#dismiss(environment);
    this.#grow();
  }

  #forget(environment: ExecutionEnvironment): void {
    this.#idle = this.#idle.filter((idle) => idle !== environment);
  }

  #dismiss(environment: ExecutionEnvironment): void {
    this.#follow(environment.kill());
  }

  #follow(task: Promise<unknown>): void {
    const followed = task.finally(() => this.#underWay.delete(followed));
    this.#underWay.add(followed);
  }
}
