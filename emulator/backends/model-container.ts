import type { Clock } from "../core/clock.ts";
import { messageOf } from "../core/errors.ts";
import { HttpExchange } from "../core/http-exchange.ts";
import type {
  ModelAnswer,
  ModelHost,
  ModelRequest,
  MultiModelContainer,
  RunningModel,
  StartOptions,
} from "../services/sagemaker/hosting/model-host.ts";

/** How long a container may take to load its model: https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html */
const START_TIMEOUT_MS = 8 * 60_000;
const PING_MS = 500;

/**
 * Model servers that run already, e.g. as containers of their own, for the endpoints that are named; another
 * host for the rest.
 */
export function modelContainers(
  urls: Readonly<Record<string, string>>,
  { otherwise, clock }: { otherwise: ModelHost; clock: Clock },
): ModelHost {
  return {
    async start(options) {
      const url = urls[options.endpointName];
      if (url === undefined) return otherwise.start(options);
      const container = new ModelContainer(url);
      await container.answersPing(options, clock);
      return container;
    },
  };
}

const JSON_TYPE = { "content-type": "application/json" };

interface Sent {
  readonly method: "DELETE" | "POST";
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** A container that keeps SageMaker's contract: /ping and /invocations. */
class ModelContainer implements RunningModel {
  readonly #url: string;
  readonly #exchange = new HttpExchange();

  constructor(url: string) {
    this.#url = url;
  }

  async answersPing({ signal }: StartOptions, clock: Clock): Promise<void> {
    const deadline = clock.now() + START_TIMEOUT_MS;
    for (;;) {
      const trouble = await this.#ping(signal);
      if (trouble === undefined) return;
      if (clock.now() >= deadline) {
        throw new Error(`The model server at ${this.#url} is not ready: ${trouble}`);
      }
      await clock.sleep(PING_MS, signal);
    }
  }

  invoke(request: ModelRequest): Promise<ModelAnswer> {
    return this.#ask("/invocations", request);
  }

  /**
   * https://docs.aws.amazon.com/sagemaker/latest/dg/mms-container-apis.html
   *
   * DIFFERS: a model's folder is named as the tank sees it, since nobody mounts it under /opt/ml/models.
   */
  readonly models: MultiModelContainer = {
    load: (model_name, url) => {
      const body = Buffer.from(JSON.stringify({ model_name, url }));
      return this.#send({ method: "POST", path: "/models", headers: JSON_TYPE, body });
    },
    unload: (name) =>
      this.#send({ method: "DELETE", path: `/models/${name}`, headers: {}, body: Buffer.alloc(0) }),
    invoke: (name, request) => this.#ask(`/models/${name}/invoke`, request),
  };

  #ask(path: string, request: ModelRequest): Promise<ModelAnswer> {
    const { contentType, accept, customAttributes, targetModel, body } = request;
    const headers = {
      ...(contentType !== undefined && { "content-type": contentType }),
      ...(accept !== undefined && { accept }),
      ...(customAttributes !== undefined && {
        "x-amzn-sagemaker-custom-attributes": customAttributes,
      }),
      ...(targetModel !== undefined && { "x-amzn-sagemaker-target-model": targetModel }),
    };
    return this.#send({ method: "POST", path, headers, body });
  }

  async #send({ path, ...request }: Sent): Promise<ModelAnswer> {
    const url = new URL(`${this.#url}${path}`);
    const answer = await this.#exchange.send({ ...request, url });
    return {
      status: answer.status,
      contentType: answer.headers["content-type"],
      customAttributes: answer.headers["x-amzn-sagemaker-custom-attributes"],
      body: answer.body,
    };
  }

  async stop(): Promise<void> {
    this.#exchange.close();
  }

  /** What is wrong; `undefined` when nothing is. */
  async #ping(signal: AbortSignal): Promise<string | undefined> {
    const url = new URL(`${this.#url}/ping`);
    try {
      const request = { method: "GET", url, headers: {}, body: Buffer.alloc(0), signal };
      const { status } = await this.#exchange.send(request);
      return status === 200 ? undefined : `GET /ping answers ${status}`;
    } catch (error) {
      signal.throwIfAborted();
      return messageOf(error);
    }
  }
}
