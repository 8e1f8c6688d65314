import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { LocalstackContainer, type StartedLocalStackContainer } from "@testcontainers/localstack";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";
import { startTank } from "../support/tank.ts";
import { LABEL } from "./docker.ts";

describe.skipIf(inject("dockerMissing"))("over LocalStack", () => {
  let localstack: StartedLocalStackContainer;
  let url = "";

  beforeAll(async () => {
    localstack = await new LocalstackContainer("localstack/localstack:4.14.0")
      .withEnvironment({ SERVICES: "kinesis,s3,dynamodb,sqs", DISABLE_EVENTS: "1" })
      .withLabels({ [LABEL]: inject("containerLabel") })
      .start();
    url = localstack.getConnectionUri();
  });
  afterAll(() => localstack?.stop());

  test("the pipelines' suite passes", { timeout: 480_000 }, async () => {
    const env = { ...process.env, TARGET: "localstack", WAVETANK_LOCALSTACK_URL: url };
    const options = { cwd: packageRoot(), env, maxBuffer: 16 * 1024 * 1024 };
    const words = ["run", "--silent", "test:pipelines"];
    const { stdout } = await promisify(execFile)("npm", words, options).catch(
      (error: { stdout: string; stderr: string }) => {
        throw new Error(`${error.stdout}\n${error.stderr}`);
      },
    );
    expect(stdout).toMatch(/Tests .*passed/);
    expect(stdout).not.toMatch(/\d failed/);
  });

  test("DynamoDB is LocalStack's where it is said to be", async () => {
    const backends = { dynamodb: "localstack" } as const;
    await using tank = await startTank({ backends: { backends, localstackUrl: url } });
    const credential = "Credential=test/20260101/us-east-1/dynamodb/aws4_request";
    const answer = await fetch(tank.url, {
      method: "POST",
      headers: {
        authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=0`,
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": "DynamoDB_20120810.ListTables",
      },
      body: "{}",
    });
    expect(await answer.json()).toEqual({ TableNames: [] });
  });
});
