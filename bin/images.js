// `npm run images`: builds all images, tagged with the package's version and `latest`. Unchanged layers come from
// Docker's cache, so that a second run takes a few seconds.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./prepare.js";

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const images = [
  { name: "emulator", dockerfile: "emulator" },
  { name: "model-server", dockerfile: "model-server" },
  ...pipelines().flatMap(({ name, isPython }) => [
    { name, dockerfile: "handlers", pipeline: name },
    ...(isPython
      ? [{ name: `${name}-python`, dockerfile: "handlers-python", pipeline: name }]
      : []),
  ]),
];

for (const { name, dockerfile, pipeline } of images) {
  const startedAt = performance.now();
  const tags = [version, "latest"].map((tag) => `wavetank/${name}:${tag}`);
  const words = ["build", "--quiet", "--file", join("docker", `${dockerfile}.Dockerfile`)];
  for (const tag of tags) words.push("--tag", tag);
  if (pipeline) words.push("--build-arg", `PIPELINE=${pipeline}`);
  const { status, error } = spawnSync("docker", [...words, "."], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    // Engines before 23 build with it only when asked.
    env: { ...process.env, DOCKER_BUILDKIT: "1" },
  });
  if (status !== 0) {
    process.stderr.write(`${tags[0]} could not be built${error ? `: ${error.message}` : ""}\n`);
    process.exit(1);
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${tags.join("  ")}  ${seconds} s\n`);
}

function pipelines() {
  const handlers = join(root, "handlers");
  return readdirSync(handlers)
    .filter((name) => existsSync(join(handlers, name, "template.yaml")))
    .map((name) => ({
      name,
      isPython: readdirSync(join(handlers, name)).some((file) => file.endsWith(".py")),
    }));
}
