import { randomBytes } from "node:crypto";
import type { Clock } from "../../../core/clock.ts";
import { type AwsError, messageOf } from "../../../core/errors.ts";
import type { Scope } from "../../../core/service.ts";
import { within } from "../../../core/within.ts";
import {
  endpointStops,
  modelDownloadFailed,
  modelLoadTimedOut,
  modelNotExtracted,
  modelNotReady,
} from "../errors.ts";
import { MODEL_LOAD_TIMEOUT_MS, MODEL_LOAD_WAIT_MS } from "../limits.ts";
import { targetUri } from "../model/model-data.ts";
import type { ModelArtifacts } from "./model-artifacts.ts";
import { ModelFolder } from "./model-folder.ts";
import type { ModelAnswer, ModelRequest, MultiModelContainer } from "./model-host.ts";

export interface TargetModelsOptions {
  readonly container: MultiModelContainer;
  /** The prefix under which a target model's key continues. */
  readonly prefixUri: string;
  readonly artifacts: ModelArtifacts;
  readonly scope: Scope;
  readonly clock: Clock;
  /** `ModelCacheSetting`: a model is unloaded right after its call where this is false. */
  readonly isCached: boolean;
  readonly log: (message: string) => void;
  readonly measure: (name: ModelMetric, value: number) => void;
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html: times in µs. */
export type ModelMetric =
  | "ModelCacheHit"
  | "ModelDownloadingTime"
  | "ModelLoadingTime"
  | "ModelLoadingWaitTime"
  | "ModelUnloadingTime";

interface Target {
  readonly path: string;
  /** The container's name for it: a model that comes again gets a new one. */
  readonly name: string;
  readonly version: string | undefined;
  readonly loading: Promise<void>;
  state: "loading" | "loaded" | "leaving";
  /** Orders models by their last call. */
  usedAt: number;
  calls: number;
  folder?: ModelFolder;
  onIdle?: () => void;
  leaving?: Promise<void>;
}

/**
 * The models that a multi-model container serves by turns: loaded when first asked for, and unloaded for
 * others when the container says that it is full, the one first that was not asked for the longest.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/multi-model-endpoints.html
 *
 * DIFFERS: an artifact that was overwritten is loaded anew with the next call. AWS says that a call "could"
 * still get the model before.
 */
export class TargetModels {
  readonly #options: TargetModelsOptions;
  readonly #targets = new Map<string, Target>();
  /** Every model that takes room, also those that leave. */
  readonly #all = new Set<Target>();
  #turn = 0;
  /** What the container is asked to load just now. */
  readonly #asking = new Set<Promise<ModelAnswer>>();
  #room: Promise<unknown> = Promise.resolve();
  #isStopping = false;

  constructor(options: TargetModelsOptions) {
    this.#options = options;
  }

  get loadedCount(): number {
    return [...this.#all].filter(({ state }) => state === "loaded").length;
  }

  /** What a call that can wait no longer is told, where its model is still being loaded. */
  notReady(path: string): AwsError | undefined {
    return this.#targets.get(path)?.state === "loading" ? modelNotReady(path) : undefined;
  }

  /**
   * @throws AwsError ValidationError for an artifact that is missing or cannot be unpacked,
   *   ModelNotReadyException for one whose loading took longer than a call may wait. What the container says
   *   of a model that it cannot load is the answer.
   */
  async invoke(path: string, request: ModelRequest): Promise<ModelAnswer> {
    const { clock, container, measure, isCached } = this.#options;
    const askedAt = clock.now();
    const target = await this.#claimed(path);
    const isHit = target.state === "loaded";
    measure("ModelCacheHit", isHit ? 1 : 0);
    this.#turn += 1;
    target.usedAt = this.#turn;
    try {
      await target.loading;
      const waitedMs = clock.now() - askedAt;
      if (!isHit) measure("ModelLoadingWaitTime", waitedMs * 1000);
      // The caller has been told so meanwhile.
      if (waitedMs >= MODEL_LOAD_WAIT_MS) throw modelNotReady(path);
      return await container.invoke(target.name, request);
    } catch (error) {
      if (error instanceof LoadRefused) return error.answer;
      throw error;
    } finally {
      target.calls -= 1;
      if (target.calls === 0) target.onIdle?.();
      if (!isCached && target.calls === 0 && target.state === "loaded") await this.#unload(target);
    }
  }

  /** Lets calls under way end; the container frees its models by itself. Idempotent. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.allSettled([...this.#all].map((target) => target.loading));
    await Promise.allSettled([...this.#all].map((target) => this.#unload(target)));
  }

  /** The target as its artifact is now, which stays until its call has ended; loading begins when it is new. */
  async #claimed(path: string): Promise<Target> {
    const { artifacts, prefixUri, scope } = this.#options;
    // A model whose artifact was deleted goes on serving until it is unloaded.
    const found = artifacts.version(targetUri(prefixUri, path), scope);
    const version = await found.catch(() => undefined);
    const known = this.#targets.get(path);
    if (known && (version === undefined || version === known.version)) {
      known.calls += 1;
      return known;
    }
    if (this.#isStopping) throw endpointStops();
    if (known) this.#unload(known).catch(() => {});
    return this.#begun(path, version);
  }

  #begun(path: string, version: string | undefined): Target {
    const target: Target = {
      path,
      name: randomBytes(16).toString("hex"),
      version,
      // Not before the target is known: a failure forgets it.
      loading: Promise.resolve().then(() => this.#loadInTime(target)),
      state: "loading",
      usedAt: 0,
      calls: 1,
    };
    target.loading.catch(() => {});
    this.#targets.set(path, target);
    this.#all.add(target);
    return target;
  }

  async #loadInTime(target: Target): Promise<void> {
    const { clock, log } = this.#options;
    const loading = this.#load(target);
    try {
      const loaded = await within(clock, MODEL_LOAD_TIMEOUT_MS, loading);
      if (loaded === "timeout") throw modelLoadTimedOut(target.path);
      log(`Model ${target.path} is loaded.`);
    } catch (error) {
      log(messageOf(error));
      this.#forget(target);
      // One that is loaded too late must not keep its room.
      void loading.then(() => this.#options.container.unload(target.name)).catch(() => {});
      void loading.catch(() => {}).then(() => target.folder?.remove());
      throw error;
    }
  }

  async #load(target: Target): Promise<void> {
    const { clock, measure, artifacts, prefixUri, scope } = this.#options;
    const { path } = target;
    const uri = targetUri(prefixUri, path);
    const beganAt = clock.now();
    const bytes = await artifacts.read(uri, scope).catch((error: unknown) => {
      throw modelDownloadFailed(uri, messageOf(error));
    });
    target.folder = await ModelFolder.create({ uri, packing: "tar.gz" }, bytes).catch(
      (error: unknown) => {
        throw modelNotExtracted(uri, messageOf(error));
      },
    );
    const downloadedAt = clock.now();
    measure("ModelDownloadingTime", (downloadedAt - beganAt) * 1000);
    let answer = await this.#ask(target);
    while (answer.status === NO_ROOM) {
      const isMade = await this.#makeRoom(target);
      answer = await this.#ask(target);
      if (!isMade) break;
    }
    const { status, body } = answer;
    const message = Buffer.from(body as string).toString("utf8");
    if (status !== 200) throw new LoadRefused(path, { ...answer, body: message });
    measure("ModelLoadingTime", (clock.now() - downloadedAt) * 1000);
  }

  async #ask(target: Target): Promise<ModelAnswer> {
    const asking = this.#options.container.load(target.name, target.folder?.path ?? "");
    this.#asking.add(asking);
    try {
      const answer = await asking;
      if (answer.status === 200) target.state = "loaded";
      return answer;
    } finally {
      this.#asking.delete(asking);
    }
  }

  /** Unloads the model that was not used the longest; one at a time. False when there is none to unload. */
  #makeRoom(target: Target): Promise<boolean> {
    const made = this.#room.then(async () => {
      const others = [...this.#all].filter((other) => other !== target);
      const leaving = others.find((other) => other.state === "leaving");
      if (leaving) return this.#unload(leaving).then(() => true);
      const loaded = others.filter(({ state }) => state === "loaded");
      const idle = loaded.filter(({ calls }) => calls === 0);
      const [victim] = (idle.length > 0 ? idle : loaded).sort((a, b) => a.usedAt - b.usedAt);
      if (victim) return this.#unload(victim).then(() => true);
      // Those that are being loaded may be unloaded as soon as they have answered.
      if (this.#asking.size === 0) return false;
      await Promise.race([...this.#asking].map((asking) => asking.catch(() => {})));
      return true;
    });
    this.#room = made.catch(() => {});
    return made;
  }

  /** Resolves once the model's calls have ended and the container has freed it. */
  #unload(target: Target): Promise<void> {
    target.leaving ??= this.#leave(target);
    return target.leaving;
  }

  async #leave(target: Target): Promise<void> {
    const { clock, container, measure } = this.#options;
    await target.loading;
    target.state = "leaving";
    if (this.#targets.get(target.path) === target) this.#targets.delete(target.path);
    if (target.calls > 0) {
      await new Promise<void>((resolve) => {
        target.onIdle = resolve;
      });
    }
    const beganAt = clock.now();
    await container.unload(target.name);
    measure("ModelUnloadingTime", (clock.now() - beganAt) * 1000);
    this.#forget(target);
    await target.folder?.remove();
  }

  #forget(target: Target): void {
    this.#all.delete(target);
    if (this.#targets.get(target.path) === target) this.#targets.delete(target.path);
  }
}

/** The container's status for a model that it has no room for. */
const NO_ROOM = 507;

/** What a container answers that cannot load a model. */
class LoadRefused extends Error {
  readonly answer: ModelAnswer;

  constructor(path: string, answer: ModelAnswer & { readonly body: string }) {
    super(`Model ${path} was not loaded: ${answer.body}`);
    this.answer = { ...answer, contentType: "text/plain", body: this.message };
  }
}
