import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";

function testPipelines(TARGET: string, variables: Record<string, string> = {}) {
  const program = join(packageRoot(), "bin/test-pipelines.js");
  const env = { ...process.env, TARGET, ...variables };
  return spawnSync(process.execPath, [program], { encoding: "utf8", env });
}

test("the suite does not touch a real account unless that is said in so many words", () => {
  const { status, stderr } = testPipelines("aws");
  expect(status).toBe(2);
  expect(stderr).toContain("your own AWS account");
  expect(stderr).toContain("npm run test:pipelines -- --yes-real-aws");
});

test("a target that there is not is refused with those that there are", () => {
  const { status, stderr } = testPipelines("moon");
  expect(status).toBe(2);
  expect(stderr).toContain("embedded, localstack or aws");
});

test("a LocalStack that does not answer is named, with how to start one", () => {
  const WAVETANK_LOCALSTACK_URL = "http://127.0.0.1:9";
  const { status, stderr } = testPipelines("localstack", { WAVETANK_LOCALSTACK_URL });
  expect(status).toBe(2);
  expect(stderr).toContain(`nothing answers at ${WAVETANK_LOCALSTACK_URL}`);
  expect(stderr).toContain("docker run");
});
