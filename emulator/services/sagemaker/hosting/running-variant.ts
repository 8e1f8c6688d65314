import type { Clock } from "../../../core/clock.ts";
import { messageOf } from "../../../core/errors.ts";
import type { LogSink } from "../../../core/logs.ts";
import type { Scope } from "../../../core/service.ts";
import type { HostedModel, Variant } from "../resources.ts";
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
} from "./model-host.ts";

export interface Launch {
  readonly endpointName: string;
  readonly variant: Variant;
  readonly model: HostedModel;
  readonly artifacts: ModelArtifacts;
  readonly host: ModelHost;
  readonly scope: Scope;
  readonly clock: Clock;
  readonly logs: LogSink | undefined;
  readonly signal: AbortSignal;
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
  readonly #folder: ModelFolder;
  readonly #capture: DataCapture | undefined;

  private constructor(variant: Variant, { model, folder, log, capture }: Parts) {
    this.name = variant.name;
    this.weight = variant.weight;
    this.log = log;
    this.#model = model;
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
    const log = endpointLog({ ...launch, variantName: variant.name });
    try {
      signal.throwIfAborted();
      const running = await host.start({
        endpointName,
        variantName: variant.name,
        image: model.image,
        modelFolder: folder.path,
        environment: model.environment,
        log,
        signal,
      });
      log(`The model of ${model.data.uri} is loaded.`);
      return new RunningVariant(variant, {
        log,
        model: running,
        folder,
        capture: launch.startCapture?.(),
      });
    } catch (error) {
      if (!signal.aborted) log(messageOf(error));
      await folder.remove();
      throw pingFailed(variant.name, error);
    }
  }

  invoke(request: ModelRequest): Promise<ModelAnswer> {
    return this.#capture ? this.#captured(request, this.#capture) : this.#model.invoke(request);
  }

  usage(): InstanceUsage | undefined {
    return this.#model.usage?.();
  }

  async #captured(request: ModelRequest, capture: DataCapture): Promise<ModelAnswer> {
    const answer = await this.#model.invoke(request);
    capture.record(request, answer);
    return answer;
  }

  async stop(): Promise<void> {
    try {
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
  readonly folder: ModelFolder;
  readonly capture: DataCapture | undefined;
}

async function fetchModel({ model, artifacts, scope }: Launch): Promise<ModelFolder> {
  const { data } = model;
  const bytes = await artifacts.read(data.uri, scope).catch((error: unknown) => {
    throw downloadFailed(data.uri, error);
  });
  try {
    return await ModelFolder.create(data, bytes);
  } catch (error) {
    throw extractionFailed(data.uri, error);
  }
}
