import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Clock } from "../../../core/clock.ts";
import { messageOf } from "../../../core/errors.ts";
import { within } from "../../../core/within.ts";
import type { ModelAnswer, ModelRequest } from "../hosting/model-host.ts";
import { DEFAULT_PAYLOAD_MB, DEFAULT_RETRIES, DEFAULT_TRANSFORM_SECONDS } from "../limits.ts";
import {
  type InputFile,
  inputFiles,
  placeOf,
  type StoredContent,
  type TransformStore,
} from "./inputs.ts";
import { joined, linesOf, type Payload, payloadsOf } from "./payloads.ts";
import type { TransformJob } from "./transform-job.ts";

const MIB = 1024 * 1024;
/** DIFFERS: our own bound of what a compressed input may become. */
const MAX_INFLATED_BYTES = 1024 * MIB;
const inflate = promisify(gunzip);

export interface Transform {
  readonly store: TransformStore;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly log: (message: string) => void;
  invoke(request: ModelRequest): Promise<ModelAnswer>;
}

/**
 * Sends each input to the container and writes what comes back, one `.out` for each. An input of which any
 * record fails gets none; the others go on.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform.html
 *
 * @throws Error whose message is the job's FailureReason
 */
export async function runTransform(job: TransformJob, transform: Transform): Promise<void> {
  const { declared } = job;
  const { store, signal, log } = transform;
  const concurrency = declared.MaxConcurrentTransforms || 1;
  const files = await inputFiles(declared.TransformInput, store);
  const faults: string[] = [];
  const { bucket, path } = placeOf(declared.TransformOutput.S3OutputPath);
  const folder = path === "" || path.endsWith("/") ? path : `${path}/`;
  const limit = slots(concurrency);
  await eachOf(files, concurrency, async (file) => {
    try {
      const output = await transformed(file, { job, transform, limit });
      signal.throwIfAborted();
      await store.write(bucket, `${folder}${file.name}.out`, output);
    } catch (error) {
      signal.throwIfAborted();
      const fault = `s3://${file.bucket}/${file.key}: ${messageOf(error)}`;
      log(fault);
      faults.push(fault);
    }
  });
  if (faults.length === 0) return;
  throw new Error(
    `${faults.length} of ${files.length} inputs failed: ${faults.slice(0, 3).join("; ")}`,
  );
}

type Slots = <T>(work: () => Promise<T>) => Promise<T>;

async function transformed(
  file: InputFile,
  { job, transform, limit }: { job: TransformJob; transform: Transform; limit: Slots },
): Promise<StoredContent> {
  const { TransformInput, TransformOutput, MaxPayloadInMB, BatchStrategy } = job.declared;
  const bytes = await transform.store.read(file.bucket, file.key);
  const isPacked = TransformInput.CompressionType === "Gzip";
  const content = isPacked ? await inflate(bytes, { maxOutputLength: MAX_INFLATED_BYTES }) : bytes;
  const payloads = payloadsOf(TransformInput.SplitType === "Line" ? linesOf(content) : [content], {
    isMulti: BatchStrategy !== "SingleRecord",
    maxBytes: (MaxPayloadInMB ?? DEFAULT_PAYLOAD_MB) * MIB,
  });
  const answers: Uint8Array[] = [];
  let contentType = TransformOutput.Accept;
  await eachOf([...payloads.entries()], payloads.length, async ([index, payload]) => {
    const answer = await limit(() => answerTo(payload, { job, transform }));
    answers[index] = answer.body;
    // UNCONFIRMED: that the object is of the type that was asked for, or else of the answers'.
    contentType ??= answer.contentType;
  });
  const isEnded = TransformOutput.AssembleWith === "Line";
  return { body: isEnded ? joined(answers, { isEnded }) : Buffer.concat(answers), contentType };
}

async function answerTo(
  records: Payload,
  { job, transform }: { job: TransformJob; transform: Transform },
): Promise<StoredContent> {
  const { declared, processing } = job;
  const { signal } = transform;
  const texts = processing ? records.map(textOf) : [];
  const sent = processing ? texts.map((text) => Buffer.from(processing.before(text))) : records;
  const request: ModelRequest = {
    contentType: declared.TransformInput.ContentType,
    accept: declared.TransformOutput.Accept,
    customAttributes: undefined,
    body: joined(sent),
  };
  const { InvocationsMaxRetries: retries = DEFAULT_RETRIES } = declared.ModelClientConfig ?? {};
  for (let attempt = 0; ; attempt += 1) {
    signal.throwIfAborted();
    const { status, body, contentType } = await inTime(request, { job, transform });
    const answer = Buffer.from(body as string);
    if (status >= 200 && status < 300) {
      if (!processing) return { body: answer, contentType };
      return { body: Buffer.from(processing.after(texts, textOf(answer))), contentType };
    }
    if (status < 500 || attempt >= retries) {
      const side = status < 500 ? "client" : "server";
      throw new Error(
        `Received ${side} error (${status}) from the model with message "${textOf(answer)}"`,
      );
    }
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}

/** An answer that does not come is one of the container's faults. */
async function inTime(
  request: ModelRequest,
  { job, transform }: { job: TransformJob; transform: Transform },
): Promise<ModelAnswer> {
  const { InvocationsTimeoutInSeconds: seconds = DEFAULT_TRANSFORM_SECONDS } =
    job.declared.ModelClientConfig ?? {};
  const contentType = undefined;
  try {
    const answer = await within(transform.clock, seconds * 1000, transform.invoke(request));
    if (answer !== "timeout") return answer;
    return { status: 504, contentType, body: `no answer within ${seconds} seconds` };
  } catch (error) {
    return { status: 503, contentType, body: messageOf(error) };
  }
}

/** Works on so many items at a time, in order. */
async function eachOf<T>(
  items: readonly T[],
  concurrency: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  const worker = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
}

/** Lets so many through at a time; the others wait in order. */
function slots(count: number): Slots {
  const waiting: (() => void)[] = [];
  let free = count;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
