import { randomUUID } from "node:crypto";
import type { DataCaptureConfig } from "@aws-sdk/client-sagemaker";
import type { Clock } from "../../../core/clock.ts";
import type { ModelAnswer, ModelRequest } from "./model-host.ts";

/** Where captured requests and answers are put: S3 in AWS, and what the tank wires here. */
export interface CaptureStore {
  write(bucket: string, key: string, content: { readonly body: Uint8Array }): Promise<void>;
}

export interface CaptureOptions {
  readonly config: DataCaptureConfig;
  readonly endpointName: string;
  readonly variantName: string;
  readonly store: CaptureStore;
  readonly clock: Clock;
  /** Told when lines could not be written; they are lost. */
  onFault(error: unknown): void;
}

// UNCONFIRMED: AWS says that files arrive after some minutes, or when enough data has gathered.
const FLUSH_MS = 60_000;
/** Little enough that checksums and all hold up no request: 4 MiB at once were a pause of 50 ms. */
const FLUSH_BYTES = 256 * 1024;

/** What a line of the file has around its two bodies, roughly. */
const ENVELOPE_BYTES = 400;

/** A request with its answer, which becomes a line only when many are written together. */
interface Captured {
  readonly request: ModelRequest;
  readonly answer: ModelAnswer;
  /** Epoch ms. */
  readonly at: number;
}

/** What begins to capture a variant's requests and answers; nothing where they are not captured. */
export function captureStarter(
  config: DataCaptureConfig | undefined,
  options: Omit<CaptureOptions, "config">,
): (() => DataCapture) | undefined {
  // Capture is on unless it is turned off.
  if (!config || config.EnableCapture === false) return undefined;
  return () => new DataCapture({ config, ...options });
}

/**
 * Keeps a share of a variant's requests and answers as lines of JSON in S3, by the hour.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html
 */
export class DataCapture {
  readonly #options: CaptureOptions;
  readonly #timer: Disposable;
  readonly #modes: ReadonlySet<string | undefined>;
  #pending: Captured[] = [];
  #pendingBytes = 0;
  #share = 0;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(options: CaptureOptions) {
    this.#options = options;
    this.#timer = options.clock.every(FLUSH_MS, () => void this.flush());
    this.#modes = new Set(options.config.CaptureOptions?.map(({ CaptureMode }) => CaptureMode));
  }

  // UNCONFIRMED: that answers outside 2xx are not captured.
  record(request: ModelRequest, answer: ModelAnswer): void {
    if (answer.status < 200 || answer.status > 299 || !this.#isSampled()) return;
    this.#pending.push({ request, answer, at: this.#options.clock.now() });
    this.#pendingBytes += ENVELOPE_BYTES + request.body.length + answer.body.length;
    if (this.#pendingBytes >= FLUSH_BYTES) void this.flush();
  }

  /** Writes what has gathered, a file for each hour. Resolves once it is there, or was lost. */
  flush(): Promise<unknown> {
    const { config, store, clock, onFault } = this.#options;
    const [bucket, prefix] = locationOf(config.DestinationS3Uri ?? "");
    // UNCONFIRMED: the pattern of the file's name.
    const time = new Date(clock.now()).toISOString().slice(14, 23).replaceAll(/[:.]/g, "-");
    for (const [hour, lines] of this.#linesByHour()) {
      const key = `${prefix}${hour}/${time}-${randomUUID()}.jsonl`;
      const body = Buffer.from(`${lines.join("\n")}\n`);
      this.#writing = this.#writing.then(() => store.write(bucket, key, { body })).catch(onFault);
    }
    this.#pending = [];
    this.#pendingBytes = 0;
    return this.#writing;
  }

  async stop(): Promise<void> {
    this.#timer[Symbol.dispose]();
    await this.flush();
  }

  /** DIFFERS: every n-th instead of drawn at random, so that shares are exact and tests can count. */
  #isSampled(): boolean {
    this.#share += this.#options.config.InitialSamplingPercentage ?? 100;
    if (this.#share < 100) return false;
    this.#share -= 100;
    return true;
  }

  /** Keyed by the folder of the hour. */
  #linesByHour(): Map<string, string[]> {
    const { endpointName, variantName } = this.#options;
    const byHour = new Map<string, string[]>();
    for (const captured of this.#pending) {
      const time = new Date(captured.at).toISOString();
      const [day, hours] = [time.slice(0, 10).replaceAll("-", "/"), time.slice(11, 13)];
      const hour = `${endpointName}/${variantName}/${day}/${hours}`;
      const lines = byHour.get(hour) ?? [];
      lines.push(this.#line(captured, time));
      byHour.set(hour, lines);
    }
    return byHour;
  }

  #line({ request, answer }: Captured, time: string): string {
    const takes = (mode: string) => this.#modes.has(mode) || this.#modes.has("InputAndOutput");
    const { inferenceId } = request;
    return JSON.stringify({
      captureData: {
        ...(takes("Input") && { endpointInput: this.#side("INPUT", request) }),
        ...(takes("Output") && { endpointOutput: this.#side("OUTPUT", answer) }),
      },
      eventMetadata: {
        eventId: randomUUID(),
        ...(inferenceId !== undefined && { inferenceId }),
        inferenceTime: `${time.slice(0, 19)}Z`,
      },
      eventVersion: "0",
    });
  }

  #side(mode: string, { contentType, body }: Pick<ModelAnswer, "contentType" | "body">) {
    const encoding = this.#encodingOf(contentType);
    const isText = typeof body === "string" && encoding !== "BASE64";
    const coding = encoding === "BASE64" ? "base64" : "utf8";
    const data = isText ? body : Buffer.from(body as string).toString(coding);
    return { observedContentType: contentType, mode, data, encoding };
  }

  /** Base64, unless the configuration lists the type: no type is text by itself. */
  #encodingOf(contentType: string | undefined): "CSV" | "JSON" | "BASE64" {
    const { CsvContentTypes = [], JsonContentTypes = [] } =
      this.#options.config.CaptureContentTypeHeader ?? {};
    const type = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
    const isIn = (types: readonly string[]) => types.some((each) => each.toLowerCase() === type);
    if (isIn(CsvContentTypes)) return "CSV";
    return isIn(JsonContentTypes) ? "JSON" : "BASE64";
  }
}

function locationOf(uri: string): [bucket: string, prefix: string] {
  const [, bucket = "", path = ""] = /^s3:\/\/([^/]+)\/*(.*?)\/*$/.exec(uri) ?? [];
  return [bucket, path === "" ? "" : `${path}/`];
}
