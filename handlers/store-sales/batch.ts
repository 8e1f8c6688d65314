import { createHash } from "node:crypto";
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import {
  CreateTransformJobCommand,
  ResourceInUse,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import type { S3Event, S3EventRecord } from "aws-lambda";
import { BadInput } from "./bad-input.ts";
import { readBatchFile } from "./batch-file.ts";
import { required } from "./environment.ts";
import { s3 } from "./s3-client.ts";

const sagemaker = new SageMakerClient({});

/** Starts a batch transform for each file that was uploaded. */
export async function handler(event: S3Event): Promise<void> {
  for (const record of event.Records) await start(record);
}

async function start({ s3: { bucket, object } }: S3EventRecord): Promise<void> {
  // S3 writes keys into events as forms do: a blank is a plus.
  const key = decodeURIComponent(object.key.replaceAll("+", " "));
  const name = key.replace(/\.csv$/i, "");
  try {
    const { lines, rejected } = readBatchFile(await textOf(bucket.name, key));
    if (rejected.length > 0) await reject(name, rejected.map(sentence));
    if (lines.length === 0) throw new BadInput("the file has no line to forecast");
    const prepared = `prepared/${name}.csv`;
    await put(prepared, `${lines.join("\n")}\n`);
    await transform(prepared, jobName(name, object.sequencer));
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    // No retry mends the file: who sent it finds the reason beside the forecasts.
    await reject(name, [error.message]);
  }
}

async function textOf(Bucket: string, Key: string): Promise<string> {
  const { Body, ContentLength } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  if ((ContentLength ?? 0) > MAX_BYTES) {
    throw new BadInput(`the file is larger than ${MAX_BYTES} bytes: split it`);
  }
  // Bytes that are no UTF-8 become U+FFFD: they spoil their own line, not the others.
  return (await Body?.transformToString()) ?? "";
}

/** What the function's memory holds with room to spare. */
const MAX_BYTES = 20_000_000;

async function transform(prepared: string, TransformJobName: string): Promise<void> {
  const bucket = required("FORECASTS_BUCKET");
  try {
    await sagemaker.send(
      new CreateTransformJobCommand({
        TransformJobName,
        ModelName: required("BATCH_MODEL_NAME"),
        BatchStrategy: "MultiRecord",
        MaxPayloadInMB: 1,
        TransformInput: {
          ContentType: "text/csv",
          SplitType: "Line",
          DataSource: {
            S3DataSource: { S3DataType: "S3Prefix", S3Uri: `s3://${bucket}/${prepared}` },
          },
        },
        // The model does not see the id; the forecast comes out beside it.
        DataProcessing: { InputFilter: "$[1:]", JoinSource: "Input", OutputFilter: "$[0,-1]" },
        TransformOutput: {
          Accept: "text/csv",
          AssembleWith: "Line",
          S3OutputPath: `s3://${bucket}/forecasts`,
        },
        TransformResources: { InstanceType: "ml.m5.large", InstanceCount: 1 },
      }),
    );
  } catch (error) {
    // S3 may tell of one upload twice.
    if (!(error instanceof ResourceInUse)) throw error;
    console.log(`${TransformJobName} has been started before`);
  }
}

/** The same for the same upload, another for the next one of the same name. */
export function jobName(name: string, sequencer: string): string {
  const readable = name.replaceAll(/[^a-zA-Z0-9]+/g, "-").replace(/^-|-$/g, "");
  const unique = createHash("sha256").update(`${name} ${sequencer}`).digest("hex").slice(0, 12);
  return `store-sales-${readable.slice(0, 30)}-${unique}`.replaceAll(/-+/g, "-");
}

async function reject(name: string, reasons: readonly string[]): Promise<void> {
  console.error(`${name}: ${reasons.slice(0, 5).join("; ")}`);
  await put(`rejected/${name}.txt`, `${reasons.join("\n")}\n`);
}

function sentence({ line, reason }: { line: number; reason: string }): string {
  return `line ${line}: ${reason}`;
}

async function put(Key: string, Body: string): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: required("FORECASTS_BUCKET"), Key, Body }));
}
