import { expect, test } from "vitest";
import { type Account, AwsServer, MODEL_IMAGE } from "./aws-server.ts";
import { run } from "./program.ts";

const TEMPLATE = "handlers/ride-duration/template.yaml";
const PARAMETERS = [
  "--parameter",
  `ModelServerImage=${MODEL_IMAGE}`,
  "--parameter",
  "ModelBucketName=ada-models",
];

/** A shell with credentials of its own, whatever the machine that runs the tests has. */
const SHELL = {
  HOME: "/nonexistent",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_ENDPOINT_URL: "",
  AWS_PROFILE: "",
  AWS_REGION: "eu-west-1",
  AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: "secret",
  AWS_SESSION_TOKEN: "",
};

interface Found {
  check: string;
  ok: boolean;
  optional?: boolean;
  found: string;
  remedy?: string;
}

interface Asking {
  readonly words?: readonly string[];
  readonly env?: Record<string, string>;
}

/** What the doctor says of an account, as JSON, and what it asked. */
async function ask(changes: Account = {}, { words = [TEMPLATE, ...PARAMETERS], env }: Asking = {}) {
  await using aws = await AwsServer.start(changes);
  const command = ["--json", "doctor", "--aws", "--aws-endpoint", aws.url, ...words];
  const { code, stdout } = await run(command, { ...SHELL, ...env });
  const { findings } = JSON.parse(stdout) as { findings: Found[] };
  const of = (check: string) => findings.filter((finding) => finding.check === check);
  return { code, findings, of, asked: [...aws.asked].sort() };
}

test("an account that is ready ends with 0: who, where, and each need beside its quota", async () => {
  const { code, findings, asked } = await ask();
  expect(findings.map(({ check, ok, found }) => `${ok} ${check}: ${found}`)).toEqual([
    "true region: eu-west-1",
    "true credentials: account 123456789012, arn:aws:iam::123456789012:user/ada",
    "true Kinesis: needs 2 shards; 3 of 20 are in use",
    "true Lambda: needs a concurrency of 1; 900 of 1000 are unreserved",
    "true SageMaker: needs 1 ml.m5.large for endpoints; the quota is 4, all endpoints together",
    `true image: ${MODEL_IMAGE}, 180 MB`,
    "true model data: s3://ada-models/1/123/artifacts/model.tar.gz",
    "true S3 bucket: ride-duration-failed-records-123456789012-eu-west-1 is free",
  ]);
  expect(code).toBe(0);
  expect(asked).toEqual([
    "DescribeImages",
    "DescribeLimits",
    "GetCallerIdentity",
    "HeadBucket",
    "HeadObject",
    "ListServiceQuotas",
    "account-settings",
  ]);
});

test("without a template the sample pipelines are checked: their own bucket and image do not do for AWS", async () => {
  const { code, of } = await ask({ HeadObject: { error: "NotFound", status: 404 } }, { words: [] });
  expect(code).toBe(1);
  expect(of("image")[0]?.found).toContain("SageMaker takes images from nowhere else");
  expect(of("image")[0]?.remedy).toContain("123456789012.dkr.ecr.eu-west-1.amazonaws.com/");
  expect(of("model data")[0]?.found).toContain("the stack itself creates the bucket");
  expect(of("model data")[0]?.remedy).toContain("--parameter ModelBucketName=");
});

test("as text each finding has a mark, and its remedy below it", async () => {
  await using aws = await AwsServer.start({ HeadObject: { error: "NotFound", status: 404 } });
  const words = ["doctor", "--aws", "--aws-endpoint", aws.url, TEMPLATE, ...PARAMETERS];
  const { code, stdout } = await run(words, SHELL);
  expect(code).toBe(1);
  expect(stdout).toContain("✔ Kinesis          needs 2 shards");
  expect(stdout).toContain(
    "✘ model data       s3://ada-models/1/123/artifacts/model.tar.gz is not there\n    Upload it: aws s3 cp model.tar.gz s3://ada-models/1/123/artifacts/model.tar.gz\n",
  );
});

test.each([
  ["no credentials", { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" }, "none were found"],
  ["an emulator's credentials", { AWS_ACCESS_KEY_ID: "test" }, `"test" is an emulator's`],
  ["the tank's address", { AWS_ENDPOINT_URL: "http://127.0.0.1:4566" }, "sends every question to"],
  ["one service's", { AWS_ENDPOINT_URL_S3: "http://localhost:4566" }, "AWS_ENDPOINT_URL_S3="],
])("with %s nothing is asked of AWS", async (_, env, found) => {
  const { code, of, asked } = await ask({}, { env });
  expect(code).toBe(1);
  expect(of("credentials")).toMatchObject([{ ok: false, found: expect.stringContaining(found) }]);
  expect(of("credentials")[0]?.remedy).toBeTruthy();
  expect(asked).toEqual([]);
});

test.each([
  ["ExpiredToken", 403, "they have expired"],
  ["InvalidClientTokenId", 403, "AWS does not know the access key"],
  ["SignatureDoesNotMatch", 403, "the secret key does not fit"],
])("when STS answers %s, nothing more is asked", async (error, status, found) => {
  const { code, of, asked } = await ask({ GetCallerIdentity: { error, status } });
  expect(code).toBe(1);
  expect(of("credentials")).toMatchObject([{ ok: false, found: expect.stringContaining(found) }]);
  expect(asked).toEqual(["GetCallerIdentity"]);
});

test("an account of zeros is an emulator's, wherever its address came from", async () => {
  const GetCallerIdentity = { Account: "000000000000", Arn: "arn:aws:iam::000000000000:root" };
  const { code, of } = await ask({ GetCallerIdentity });
  expect(code).toBe(1);
  expect(of("credentials")[0]?.found).toContain("is an emulator's");
});

test("an AWS that cannot be reached is told as such", async () => {
  const closed = await AwsServer.start();
  const { url } = closed;
  await closed[Symbol.asyncDispose]();
  const { code, stdout } = await run(["doctor", "--aws", "--aws-endpoint", url, TEMPLATE], SHELL);
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /✘ credentials {6}ECONNREFUSED: .*\n {4}Check the region's name, then the network\./,
  );
});

test("without a region the doctor asks for one", async () => {
  const { code, of, asked } = await ask({}, { env: { AWS_REGION: "" } });
  expect(code).toBe(1);
  expect(of("region")).toMatchObject([
    { ok: false, remedy: expect.stringContaining("AWS_REGION") },
  ]);
  expect(asked).toEqual([]);
});

test("a permission that the caller lacks is named by its IAM action, and fails nothing", async () => {
  const denied = { error: "AccessDeniedException" };
  const { code, findings } = await ask({
    DescribeLimits: denied,
    "account-settings": { ...denied, status: 403 },
    ListServiceQuotas: denied,
    DescribeImages: denied,
  });
  expect(code).toBe(0);
  expect(findings.filter(({ ok }) => !ok).map(({ found }) => found)).toEqual([
    "not checked: the caller may not kinesis:DescribeLimits",
    "not checked: the caller may not lambda:GetAccountSettings",
    "not checked: the caller may not servicequotas:ListServiceQuotas",
    "not checked: the caller may not ecr:DescribeImages",
  ]);
});

test("a quota that is too small is told with the page on which to raise it", async () => {
  const { code, of } = await ask({
    DescribeLimits: { ShardLimit: 4, OpenShardCount: 3 },
    "account-settings": {
      AccountLimit: { ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 0 },
    },
    ListServiceQuotas: { Quotas: [{ QuotaName: "ml.m5.large for endpoint usage", Value: 0 }] },
  });
  expect(code).toBe(1);
  for (const [check, service] of [
    ["Kinesis", "kinesis"],
    ["Lambda", "lambda"],
    ["SageMaker", "sagemaker"],
  ] as const) {
    expect(of(check)).toMatchObject([{ ok: false }]);
    expect(of(check)[0]?.remedy).toContain(`/servicequotas/home/services/${service}/quotas`);
  }
});

test.each([
  [403, 1, "is another account's, or the caller may not s3:ListBucket"],
  [301, 1, "exists in another region"],
  [200, 0, "exists in this account"],
])("a bucket that answers %i is judged", async (status, code, found) => {
  const HeadBucket = status === 200 ? {} : { error: "Forbidden", status };
  const answer = await ask({ HeadBucket });
  expect(answer.of("S3 bucket")[0]?.found).toContain(found);
  expect(answer.code).toBe(code);
});

test.each(["ImageNotFoundException", "RepositoryNotFoundException"])(
  "an image that is missing (%s) is to be pushed",
  async (error) => {
    const { code, of } = await ask({ DescribeImages: { error } });
    expect(code).toBe(1);
    expect(of("image")[0]).toMatchObject({ ok: false, found: `${MODEL_IMAGE} is not there` });
  },
);

test("an image with an OCI manifest is one that SageMaker refuses", async () => {
  const imageManifestMediaType = "application/vnd.oci.image.index.v1+json";
  const { code, of } = await ask({
    DescribeImages: { imageDetails: [{ imageManifestMediaType }] },
  });
  expect(code).toBe(1);
  expect(of("image")[0]?.remedy).toContain("--provenance=false");
});

test("a service that answers nonsense is a finding, not a crash", async () => {
  const { code, of } = await ask({ DescribeLimits: { error: "InternalFailure" } });
  expect(code).toBe(1);
  expect(of("Kinesis")[0]?.found).toContain("kinesis:DescribeLimits failed: InternalFailure");
});

test("templates and parameters without --aws are refused with 2", async () => {
  const { code, stderr } = await run(["doctor", TEMPLATE]);
  expect(code).toBe(2);
  expect(stderr).toContain("wavetank doctor --aws template.yaml");
});

test("a parameter that no template has ends with 1", async () => {
  const words = ["doctor", "--aws", TEMPLATE, "--parameter", "Nobody=1"];
  const { code, stderr } = await run(words, SHELL);
  expect(code).toBe(1);
  expect(stderr).toContain(`No template has a parameter "Nobody".`);
});
