import type { Clock } from "../../../core/clock.ts";
import { messageOf } from "../../../core/errors.ts";
import type { LogSink } from "../../../core/logs.ts";
import type { MetricSink } from "../../../core/metrics.ts";
import type { Scope } from "../../../core/service.ts";
import { TemporaryFolder } from "../../../core/temporary-folder.ts";
import { targetModelMissing } from "../errors.ts";
import type { HostedModel, Variant } from "../resources.ts";
import { MODEL_MEMORY_MB, modelMemoryMbOf } from "../serving/capacity.ts";
import type { DataCapture } from "./data-capture.ts";
import { downloadFailed, extractionFailed, pingFailed } from "./deployment-fault.ts";
import { endpointLog, type Write } from "./endpoint-log.ts";
import type { ModelArtifacts } from "./model-artifacts.ts";
import { ModelFolder } from "./model-folder.ts";
import type {
  InstanceUsage,
  ModelAnswer,
  ModelHost,
  ModelRequest,
  RunningModel,
  StartOptions,
} from "./model-host.ts";
import { TargetModels } from "./target-models.ts";

export interface Launch {
  readonly endpointName: string;
  readonly variant: Variant;
  readonly model: HostedModel;
  readonly artifacts: ModelArtifacts;
  readonly host: ModelHost;
  readonly scope: Scope;
  readonly clock: Clock;
  readonly logs: LogSink | undefined;
  readonly metrics: MetricSink | undefined;
  readonly signal: AbortSignal;
  /** Takes what the container writes; the endpoint's log when absent. */
  readonly log?: Write;
  /** Begins to capture the variant's requests and answers; absent where nothing is captured. */
  readonly startCapture?: (() => DataCapture) | undefined;
}

/**
 * A variant whose model is loaded, with the folder that the model came from.
 *
 * DIFFERS: one model serves a variant, whatever its instance count, and the host decides what stands in
 * for the image.
 */
export class RunningVariant {
  readonly name: string;
  readonly weight: number;
  /** Writes to the container's log. */
  readonly log: Write;
  readonly #model: RunningModel;
  readonly #models: TargetModels | undefined;
  readonly #folder: TemporaryFolder;
  readonly #capture: DataCapture | undefined;

  private constructor(variant: Variant, { model, models, folder, log, capture }: Parts) {
    this.name = variant.name;
    this.weight = variant.weight;
    this.log = log;
    this.#model = model;
    this.#models = models;
    this.#folder = folder;
    this.#capture = capture;
  }

  /**
   * Fetches the model's data, unpacks it and starts the container.
   * @throws DeploymentFault with the words of AWS's FailureReason
   */
  static async launch(launch: Launch): Promise<RunningVariant> {
    const folder = await fetchModel(launch);
    const { endpointName, variant, model, host, signal } = launch;
    const { log = endpointLog({ ...launch, variantName: variant.name }) } = launch;
    try {
      signal.throwIfAborted();
      const running = await host.start({
        endpointName,
        variantName: variant.name,
        image: model.image,
        modelFolder: folder.path,
        environment: environmentOf(launch),
        log,
        signal,
      });
      const models =
        model.data.packing === "models" ? targetsOf(launch, { running, log }) : undefined;
      log(models ? "The container takes models." : `The model of ${model.data.uri} is loaded.`);
      return new RunningVariant(variant, {
        log,
        model: running,
        models,
        folder,
        capture: launch.startCapture?.(),
      });
    } catch (error) {
      if (!signal.aborted) log(messageOf(error));
      await folder.remove();
      throw pingFailed(variant.name, error);
    }
  }

  /** The models of a multi-model container. */
  get models(): Pick<TargetModels, "notReady" | "loadedCount"> | undefined {
    return this.#models;
  }

  invoke(request: ModelRequest): Promise<ModelAnswer> {
    return this.#capture ? this.#captured(request, this.#capture) : this.#asked(request);
  }

  async #asked(request: ModelRequest): Promise<ModelAnswer> {
    if (!this.#models) return this.#model.invoke(request);
    if (request.targetModel === undefined) throw targetModelMissing();
    return this.#models.invoke(request.targetModel, request);
  }

  usage(): InstanceUsage | undefined {
    return this.#model.usage?.();
  }

  async #captured(request: ModelRequest, capture: DataCapture): Promise<ModelAnswer> {
    const answer = await this.#asked(request);
    capture.record(request, answer);
    return answer;
  }

  async stop(): Promise<void> {
    try {
      await this.#models?.stop();
      await this.#model.stop();
      // The last answers have been given by now.
      await this.#capture?.stop();
    } finally {
      await this.#folder.remove();
    }
  }
}

interface Parts {
  readonly log: Write;
  readonly model: RunningModel;
  readonly models: TargetModels | undefined;
  readonly folder: TemporaryFolder;
  readonly capture: DataCapture | undefined;
}

/** A multi-model container begins with none. */
async function fetchModel({ model, artifacts, scope }: Launch): Promise<TemporaryFolder> {
  const { data } = model;
  if (data.packing === "models") return new TemporaryFolder("models");
  const bytes = await artifacts.read(data.uri, scope).catch((error: unknown) => {
    throw downloadFailed(data.uri, error);
  });
  try {
    return await ModelFolder.create(data, bytes);
  } catch (error) {
    throw extractionFailed(data.uri, error);
  }
}

/** What AWS tells a multi-model container, and how much its models may take here. */
function environmentOf({ model, variant }: Launch): StartOptions["environment"] {
  const { environment, data } = model;
  if (data.packing !== "models") return environment;
  const megabytes = modelMemoryMbOf(environment, variant.instanceType);
  return {
    ...environment,
    SAGEMAKER_MULTI_MODEL: "true",
    ...(megabytes !== undefined && { [MODEL_MEMORY_MB]: String(megabytes) }),
  };
}

function targetsOf(
  launch: Launch,
  { running, log }: { running: RunningModel; log: Write },
): TargetModels {
  const { models: container } = running;
  if (!container) throw new Error("the container has no multi-model API");
  const { model, variant, endpointName, scope, clock, metrics } = launch;
  const dimensions = { EndpointName: endpointName, VariantName: variant.name };
  const { accountId, region } = scope;
  const meter = metrics?.meter({ namespace: "AWS/SageMaker", dimensions, accountId, region });
  return new TargetModels({
    ...launch,
    container,
    log,
    prefixUri: model.data.uri,
    isCached: model.isCached ?? true,
    measure: (name, value) => {
      const unit = name === "ModelCacheHit" ? "None" : "Microseconds";
      meter?.record({ name, value, unit, at: clock.now() });
    },
  });
}
