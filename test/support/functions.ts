import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestTank } from "./tank.ts";
import { until } from "./tank.ts";

/** A function of a test's own in a tank, from the text of its handler. */
export async function functionOf(
  tank: TestTank,
  { name = "score", body }: { name?: string; body: string },
): Promise<{ arn: string } & Disposable> {
  const folder = mkdtempSync(join(tmpdir(), "wavetank-http-"));
  writeFileSync(join(folder, "index.mjs"), `export const handler = async (event) => { ${body} };`);
  await tank.call("lambda", "CreateFunction", {
    FunctionName: name,
    Runtime: "nodejs22.x",
    Handler: "index.handler",
    Role: "arn:aws:iam::000000000000:role/lambda-role",
    Timeout: 20,
    MemorySize: 512,
    Code: { S3Bucket: "hot-reload", S3Key: folder },
  });
  await until(async () => {
    const input = { FunctionName: name };
    const answer = await tank.call<{ State: string }>("lambda", "GetFunctionConfiguration", input);
    return answer.State === "Active";
  });
  return {
    arn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A function's uri, as REST APIs name it. */
export function uriOf(arn: string): string {
  return `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`;
}
