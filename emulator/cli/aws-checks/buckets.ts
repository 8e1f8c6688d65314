import { HeadBucketCommand, HeadObjectCommand } from "@aws-sdk/client-s3";
import type { Finding } from "../finding.ts";
import { ask, statusOf } from "./ask.ts";
import type { AwsClients } from "./clients.ts";
import type { Needs } from "./needs.ts";

/** Whether the names that the templates give to buckets can be had. */
export function bucketFindings({ s3 }: AwsClients, { buckets }: Needs): Promise<Finding[]> {
  const findings = [...buckets].map((Bucket) =>
    ask(
      { check: "S3 bucket", action: "s3:ListBucket" },
      {
        // An answer to HEAD has no body: the status is all that S3 says.
        send: () => status(s3.send(new HeadBucketCommand({ Bucket }))),
        judge: (answer) => bucketFinding(Bucket, answer),
      },
    ),
  );
  return Promise.all(findings);
}

function bucketFinding(name: string, answer: number): Omit<Finding, "check"> {
  if (answer === 404) return { ok: true, found: `${name} is free` };
  if (answer === 403) {
    return {
      ok: false,
      found: `${name} is another account's, or the caller may not s3:ListBucket`,
      remedy: "Bucket names are one list for all of AWS: give it another name in the template.",
    };
  }
  if (answer === 301) {
    const remedy = "Give it another name in the template, or deploy to that region.";
    return { ok: false, found: `${name} exists in another region`, remedy };
  }
  return {
    ok: false,
    optional: true,
    found: `${name} exists in this account`,
    remedy: "It is well if this stack made it; else delete it, or give it another name.",
  };
}

const DATA_CHECK = "model data";

/** Whether the artifacts are where the models say: SageMaker looks when the model is created. */
export function modelDataFindings(clients: AwsClients, needs: Needs): Promise<Finding[]> {
  return Promise.all([...needs.modelData].map((uri) => modelData(uri, { clients, needs })));
}

async function modelData(
  uri: string,
  { clients: { s3 }, needs }: { clients: AwsClients; needs: Needs },
): Promise<Finding> {
  const [, Bucket = "", Key = ""] = /^s3:\/\/([^/]+)\/(.*)$/.exec(uri) ?? [];
  if (needs.unnamedBuckets.has(Bucket)) return { check: DATA_CHECK, ...tooLate(uri) };
  return ask(
    { check: DATA_CHECK, action: "s3:GetObject" },
    {
      send: () => status(s3.send(new HeadObjectCommand({ Bucket, Key }))),
      judge: (answer) => dataFinding(uri, { answer, isOwn: needs.buckets.has(Bucket) }),
    },
  );
}

function tooLate(uri: string): Omit<Finding, "check"> {
  return {
    ok: false,
    found: `${uri} cannot be there in time: the stack itself creates the bucket`,
    remedy:
      "Create a bucket and upload the model first, then name the bucket in a parameter, e.g. --parameter ModelBucketName=….",
  };
}

function dataFinding(
  uri: string,
  { answer, isOwn }: { answer: number; isOwn: boolean },
): Omit<Finding, "check"> {
  if (answer === 200) return { ok: true, found: uri };
  if (answer === 301) {
    const remedy = "SageMaker reads models of its own region only: copy it to a bucket there.";
    return { ok: false, found: `${uri} is in another region`, remedy };
  }
  if (isOwn) return tooLate(uri);
  if (answer === 403) {
    return {
      ok: false,
      found: `${uri} is not there, or the caller may not s3:GetObject and s3:ListBucket`,
      remedy: `Upload it: aws s3 cp model.tar.gz ${uri}`,
    };
  }
  return {
    ok: false,
    found: `${uri} is not there`,
    remedy: `Upload it: aws s3 cp model.tar.gz ${uri}`,
  };
}

/** The HTTP status of an answer or a refusal; errors without one are thrown on. */
async function status(answer: Promise<unknown>): Promise<number> {
  try {
    await answer;
    return 200;
  } catch (error) {
    const refused = statusOf(error);
    if (refused === undefined || ![301, 403, 404].includes(refused)) throw error;
    return refused;
  }
}
