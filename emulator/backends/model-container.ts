import type { Clock } from "../core/clock.ts";
import { messageOf } from "../core/errors.ts";
import { HttpExchange } from "../core/http-exchange.ts";
import type {
  ModelAnswer,
  ModelHost,
  ModelRequest,
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

  async invoke({
    contentType,
    accept,
    customAttributes,
    body,
  }: ModelRequest): Promise<ModelAnswer> {
    const answer = await this.#exchange.send({
      method: "POST",
      url: new URL(`${this.#url}/invocations`),
      headers: {
        ...(contentType !== undefined && { "content-type": contentType }),
        ...(accept !== undefined && { accept }),
        ...(customAttributes !== undefined && {
          "x-amzn-sagemaker-custom-attributes": customAttributes,
        }),
      },
      body,
    });
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
