import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Program, run } from "./program.ts";

const TEMPLATE = `
Parameters: { Hours: { Type: Number, Default: 24 } }
Resources:
  Rides: { Type: AWS::Kinesis::Stream, Properties: { Name: rides, RetentionPeriodHours: !Ref Hours } }
  Models: { Type: AWS::S3::Bucket, Properties: { BucketName: models } }
Outputs: { Stream: { Value: !Ref Rides } }
`;

test("a stack is deployed into a running tank, updated with a diff, and deleted", async () => {
  const folder = mkdtempSync(join(tmpdir(), "wavetank-deploy-"));
  const template = join(folder, "template.yaml");
  const write = (text: string) => writeFileSync(template, text);
  await using tank = new Program(["start", "--port", "0"]);
  const { port } = new URL(await tank.says(/http:\/\/127\.0\.0\.1:\d+/));
  await tank.says(/export AWS_ENDPOINT_URL/);
  const deploy = (...words: string[]) =>
    run(["deploy", template, "--stack-name", "rides", "--port", port, ...words]);
  try {
    write(TEMPLATE);
    const first = await deploy();
    expect(first.code, first.stderr).toBe(0);
    expect(first.stdout).toMatch(/^✔ deployed rides · 2 changes · .*\n {2}Stream rides\n$/);
    expect((await deploy()).stdout).toContain("✔ rides: no changes");

    write(TEMPLATE.replace(/ {2}Models.*\n/, "  Logs: { Type: AWS::S3::Bucket }\n"));
    const second = await deploy("--parameter", "Hours=48");
    expect(second.stderr.split("\n").slice(0, 4)).toEqual([
      "  ~ changed  Rides  AWS::Kinesis::Stream",
      "      RetentionPeriodHours: 24 → 48",
      "  + added    Logs  AWS::S3::Bucket",
      "  - removed  Models  AWS::S3::Bucket",
    ]);
    expect(second.stdout).toContain("✔ updated rides · 3 changes");

    write(TEMPLATE.replace("Kinesis::Stream", "Kinesis::Strem"));
    const third = await deploy();
    expect(third.code).toBe(1);
    expect(third.stderr).toContain('unknown resource type "AWS::Kinesis::Strem"');
    const json = await run(["--json", "delete", "ride", "--yes", "--port", port]);
    expect([json.code, JSON.parse(json.stdout).error]).toEqual([
      2,
      { code: "ERR_USAGE", message: "Stack ride does not exist.", hint: "There are: rides." },
    ]);
    const fourth = await run(["delete", "rides", "--yes", "--port", port]);
    expect([fourth.code, fourth.stdout]).toEqual([0, "✔ deleted rides\n"]);
    write(TEMPLATE);
    expect((await deploy()).stdout).toContain("✔ deployed rides");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
