import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Express } from "express";
import type { LoadedModels } from "./loaded-models.ts";
import { errorAnswer, type PredictionAnswer, type PredictionRequest } from "./predictor.ts";
import { readBody } from "./read-body.ts";
import { badInput, Refusal } from "./refusal.ts";
import { type ServedFolder, serveFolder } from "./served-model.ts";

export interface ModelServerOptions {
  readonly modelFolder: string;
  /** Loopback only when absent. */
  readonly host?: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** The largest request body; 25 MiB when absent. */
  readonly maxBodyBytes?: number;
  readonly intraOpThreads?: number;
  /** Serves these instead of the one model of the folder: the container's multi-model API. */
  readonly models?: LoadedModels | undefined;
}

// Real-time endpoints pass payloads of up to 25 MB:
// https://docs.aws.amazon.com/sagemaker/latest/dg/realtime-endpoints.html
const MAX_BODY_BYTES = 25 * 1024 * 1024;
const MIB = 1024 * 1024;
const CUSTOM_ATTRIBUTES = "x-amzn-sagemaker-custom-attributes";
// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTransformJob.html
const MAX_TRANSFORM_MIB = 100;

/**
 * The SageMaker container contract over HTTP: GET /ping, POST /invocations, GET /execution-parameters.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html
 */
export class ModelServer {
  readonly #options: ModelServerOptions;
  readonly #http;
  #served: ServedFolder | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: ModelServerOptions) {
    this.#options = options;
    this.#http = createServer(this.#app());
  }

  /** Listens first, so that /ping can say 503 while the model loads. */
  async start(): Promise<void> {
    await this.listen();
    await this.load();
  }

  async listen(): Promise<void> {
    const { host = "127.0.0.1", port = 0 } = this.#options;
    this.#http.listen(port, host);
    await once(this.#http, "listening");
  }

  /** @throws WavetankError ERR_MODEL, once the port is free again. */
  async load(): Promise<void> {
    const { modelFolder, intraOpThreads = 1, models } = this.#options;
    if (models) return;
    try {
      this.#served = await serveFolder(modelFolder, { intraOpThreads });
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Valid from the moment the server listens. */
  get port(): number {
    return (this.#http.address() as AddressInfo).port;
  }

  /** Answers what is under way, then frees the port and the model. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#http.close();
    await once(this.#http, "close");
    await this.#served?.release();
    await this.#options.models?.release();
  }

  #app(): Express {
    const { models } = this.#options;
    const app = express();
    app.disable("x-powered-by");
    app.disable("etag");
    app.get("/ping", (_request, response) => {
      response.writeHead(this.#served || models ? 200 : 503, { "content-length": 0 }).end();
    });
    if (models) this.#serveModels(app, models);
    else {
      app.post("/invocations", (request, response) =>
        this.#answer(request, response, async (asked) => {
          if (!this.#served) throw new Refusal(503, "the model is not loaded yet");
          return this.#served.predict(asked);
        }),
      );
    }
    app.get("/execution-parameters", (_request, response) => {
      this.#send(response, this.#executionParameters());
    });
    app.use((_request, response) => {
      this.#send(response, errorAnswer(new Refusal(404, "Not Found")));
    });
    return app;
  }

  /** https://docs.aws.amazon.com/sagemaker/latest/dg/mms-container-apis.html */
  #serveModels(app: Express, models: LoadedModels): void {
    app.get("/models", ({ query }, response) => {
      const { next_page_token: token } = query;
      this.#send(response, models.list(typeof token === "string" ? token : undefined));
    });
    app.post("/models", (request, response) =>
      this.#answer(request, response, ({ body }) => {
        const { model_name: name, url } = modelOf(body);
        return models.load(name, url);
      }),
    );
    app.get("/models/:name", async ({ params }, response) => {
      this.#send(response, await models.get(params.name));
    });
    app.delete("/models/:name", async ({ params }, response) => {
      this.#send(response, await models.unload(params.name));
    });
    app.post("/models/:name/invoke", (request, response) =>
      this.#answer(request, response, (asked) => models.invoke(request.params.name, asked)),
    );
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    answer: (asked: PredictionRequest) => Promise<PredictionAnswer>,
  ): Promise<void> {
    try {
      const { headers } = request;
      const body = await readBody(request, this.#maxBodyBytes);
      const { "content-type": contentType, accept } = headers;
      const customAttributes = headers[CUSTOM_ATTRIBUTES] as string | undefined;
      this.#send(response, await answer({ contentType, accept, customAttributes, body }));
    } catch (error) {
      if (request.destroyed && !request.complete) return;
      // What is left of a refused body is not read.
      response.setHeader("connection", "close");
      this.#send(response, errorAnswer(error));
    }
  }

  /** What a batch transform asks for before it begins. */
  #executionParameters(): PredictionAnswer {
    const body = JSON.stringify({
      MaxConcurrentTransforms: 1,
      BatchStrategy: "MULTI_RECORD",
      MaxPayloadInMB: Math.min(Math.floor(this.#maxBodyBytes / MIB), MAX_TRANSFORM_MIB),
    });
    return { status: 200, contentType: "application/json", body };
  }

  get #maxBodyBytes(): number {
    return this.#options.maxBodyBytes ?? MAX_BODY_BYTES;
  }

  #send(response: ServerResponse, answer: PredictionAnswer): void {
    const { status, contentType, customAttributes, body } = answer;
    if (this.#closing) response.setHeader("connection", "close");
    if (customAttributes !== undefined) response.setHeader(CUSTOM_ATTRIBUTES, customAttributes);
    const contentLength = Buffer.byteLength(body);
    response
      .writeHead(status, { "content-type": contentType, "content-length": contentLength })
      .end(body);
  }
}

function modelOf(body: Uint8Array): { model_name: string; url: string } {
  let asked: { model_name?: unknown; url?: unknown } | null;
  try {
    asked = JSON.parse(Buffer.from(body).toString("utf8"));
  } catch {
    throw badInput("the body is not JSON");
  }
  const { model_name, url } = asked ?? {};
  if (typeof model_name === "string" && typeof url === "string") return { model_name, url };
  throw badInput('a model is loaded by {"model_name": "…", "url": "…"}');
}
