import { readFile } from "node:fs/promises";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { InferenceSession, Tensor } from "onnxruntime-node";

/** Loaded once per execution environment, in its init phase. */
const model = await InferenceSession.create(await modelBytes(), { intraOpNumThreads: 1 });

/** negative, neutral or positive. The graph splits the text into words itself. */
export async function classify(text: string): Promise<string> {
  const { category } = await model.run({ text: new Tensor("string", [text], [1, 1]) });
  return String(category?.data[0]);
}

/** A local file when MODEL_LOCATION names one, else the model in the bucket. */
async function modelBytes(): Promise<Uint8Array> {
  const { MODEL_LOCATION, MODEL_BUCKET } = process.env;
  if (MODEL_LOCATION) return readFile(MODEL_LOCATION);
  if (!MODEL_BUCKET) throw new Error("MODEL_BUCKET is not set; see template.yaml");
  // A tank reached by a host name of its own, as in a container, has no name per bucket.
  const { Body } = await new S3Client({ forcePathStyle: true }).send(
    new GetObjectCommand({ Bucket: MODEL_BUCKET, Key: "model.onnx" }),
  );
  if (!Body) throw new Error("the model's object is empty");
  return Body.transformToByteArray();
}
