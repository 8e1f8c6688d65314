import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Express } from "express";
import { errorAnswer, type PredictionAnswer } from "./predictor.ts";
import { badInput, Refusal, tooLarge, unsupportedMediaType } from "./refusal.ts";
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
    const { modelFolder, intraOpThreads = 1 } = this.#options;
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
  }

  #app(): Express {
    const app = express();
    app.disable("x-powered-by");
    app.disable("etag");
    app.get("/ping", (_request, response) => {
      response.writeHead(this.#served ? 200 : 503, { "content-length": 0 }).end();
    });
    app.post("/invocations", (request, response) => this.#invoke(request, response));
    app.get("/execution-parameters", (_request, response) => {
      this.#send(response, this.#executionParameters());
    });
    app.use((_request, response) => {
      this.#send(response, errorAnswer(new Refusal(404, "Not Found")));
    });
    return app;
  }

  async #invoke(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      if (!this.#served) throw new Refusal(503, "the model is not loaded yet");
      const { headers } = request;
      const body = await readBody(request, this.#maxBodyBytes);
      const { "content-type": contentType, accept } = headers;
      const customAttributes = headers[CUSTOM_ATTRIBUTES] as string | undefined;
      const { predict } = this.#served;
      this.#send(response, await predict({ contentType, accept, customAttributes, body }));
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

/** Reads a body whole: a body parser's many checks would cost as much as the prediction. */
function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const { "content-encoding": encoding, "content-length": announced } = request.headers;
  if (encoding !== undefined && encoding !== "identity") {
    throw unsupportedMediaType(`content-encoding ${encoding}`);
  }
  if (Number(announced) > maxBytes) throw tooLarge(maxBytes);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBytes) {
        request.pause();
        reject(tooLarge(maxBytes));
      } else chunks.push(chunk);
    });
    request.on("end", () => {
      const [only] = chunks;
      resolve(only && chunks.length === 1 ? only : Buffer.concat(chunks));
    });
    request.on("error", reject);
    request.on("close", () => reject(badInput("the request ended early")));
  });
}
