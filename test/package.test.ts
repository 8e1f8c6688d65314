import { execFileSync, type StdioOptions } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot, shippedPipelines } from "../emulator/pipelines/pipeline.ts";

const root = packageRoot();

/**
 * The package as a stranger's project has it: packed and unpacked, with the packages that it declares and no
 * others. (`.ci/run` installs it from the registry besides; here nothing needs the network.)
 */
function installPacked(folder: string): string {
  const stdio: StdioOptions = ["ignore", "pipe", "ignore"];
  const words = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
  const [packed] = JSON.parse(
    execFileSync("npm", words, { cwd: root, encoding: "utf8", stdio }),
  ) as [{ filename: string }];
  const target = join(folder, "node_modules", "wavetank");
  mkdirSync(target, { recursive: true });
  const archive = join(folder, packed.filename);
  execFileSync("tar", ["-xzf", archive, "--strip-components=1", "-C", target]);
  const manifest = JSON.parse(readFileSync(join(target, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  for (const name of Object.keys(manifest.dependencies)) {
    const link = join(folder, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, "node_modules", name), link);
  }
  return join(target, "bin", "wavetank.js");
}

test("the packed package runs the sample pipelines outside the repository", () => {
  const folder = mkdtempSync(join(tmpdir(), "wavetank-package-"));
  try {
    const program = installPacked(folder);
    const output = execFileSync(
      process.execPath,
      [program, "--json", "demo", "--once", "--port", "0"],
      {
        cwd: folder,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      },
    );
    const lines = output
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const pipelines = shippedPipelines();
    const samples = pipelines.flatMap((each) => each.samples?.records ?? []);
    expect(lines.filter(({ prediction }) => prediction)).toHaveLength(samples.length);
    expect(lines.at(-1)).toMatchObject({
      summary: { predictions: samples.length, pipelines: pipelines.map(({ name }) => name) },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
